import { Pool, TimeoutError } from 'tarn';
import { test } from 'vitest';
import { expectSame, shown, turns, type Log } from './log.ts';

class Made {
  readonly id: number;

  constructor(id: number) {
    this.id = id;
  }

  name(): string {
    return `thing ${this.id}`;
  }
}

function pool(options: { readonly max?: number; readonly validate?: (thing: Made) => boolean } = {}): () => Pool<Made> {
  return () => {
    let made = 0;
    return new Pool<Made>({ create: () => new Made((made += 1)), destroy: () => undefined, min: 0, max: 1, acquireTimeoutMillis: 50, ...options });
  };
}

function count(from: Pool<Made>): readonly number[] {
  return [from.numUsed(), from.numFree(), from.numPendingAcquires(), from.numPendingValidations(), from.numPendingCreates()];
}

function hear(from: Pool<Made>, log: Log): void {
  from.on('acquireRequest', (id) => log.note('acquireRequest', id));
  from.on('acquireSuccess', (id, thing) => log.note('acquireSuccess', id, thing.name()));
  from.on('acquireFail', (id, error) => log.note('acquireFail', id, shown(error)));
  from.on('release', (thing) => log.note('release', thing.name(), count(from)));
  from.on('createSuccess', (id, thing) => log.note('createSuccess', id, thing.name()));
  from.on('destroySuccess', (id, thing) => log.note('destroySuccess', id, thing.name()));
  from.on('poolDestroyRequest', (id) => log.note('poolDestroyRequest', id));
  from.on('poolDestroySuccess', (id) => log.note('poolDestroySuccess', id));
}

test('events come in the same order, with the same counters', () => expectSame({
  open: pool(),
  async run(from, log) {
    hear(from, log);
    const pending = from.acquire();
    log.note(pending.constructor.name, pending.isRejected, pending.promise instanceof Promise, count(from));
    const first = await pending.promise;
    log.note(first instanceof Made, first.name(), JSON.stringify(first), count(from));
    const second = from.acquire();
    log.note('waiting', count(from));
    log.note('released', from.release(first));
    const next = await second.promise;
    log.note(next.name(), count(from), from.isEmpty());
    log.note('released', from.release(next), count(from));
    await turns();
    await from.destroy();
    log.note('ended', count(from));
  },
}));

test('calls fail with the same errors, in the same form', () => expectSame({
  open: pool(),
  async run(from, log) {
    const first = await from.acquire().promise;
    const late = from.acquire();
    await late.promise.catch((error: unknown) => log.note(error instanceof TimeoutError, shown(error)));
    log.note(late.isRejected);
    const aborted = from.acquire();
    aborted.abort();
    await log.settled('aborted', () => aborted.promise);
    log.note(aborted.isRejected, count(from));
    log.note('twice', from.release(first), from.release(first), 'a foreign one', from.release(new Made(9)));
    await from.destroy();
  },
}));

test('a resource is validated at each acquire', () => expectSame({
  open: pool({ validate: ({ id }) => id !== 1 }),
  async run(from, log) {
    const thing = await from.acquire().promise;
    log.note(thing.name(), count(from));
    from.release(thing);
    await from.destroy();
  },
}));
