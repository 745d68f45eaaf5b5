import { createPool, type Options, type Pool } from 'generic-pool';
import { test } from 'vitest';
import { expectSame, shown, turns, type Log } from './log.ts';

interface Thing {
  readonly id: number;
  name(): string;
}

class Made implements Thing {
  readonly id: number;

  constructor(id: number) {
    this.id = id;
  }

  name(): string {
    return `thing ${this.id}`;
  }
}

function pool(options: Options = {}, failing = false): () => Pool<Thing> {
  return () => {
    let made = 0;
    const create = async (): Promise<Thing> => {
      made += 1;
      if (!failing || made === 1) return new Made(made);
      // The pool tries again at once: one that fails in the same turn would leave it no other.
      await turns(1);
      throw new Error('none made');
    };
    return createPool<Thing>({ create, destroy: () => Promise.resolve(), validate: ({ id }) => Promise.resolve(id !== 1) }, { max: 1, ...options });
  };
}

function count({ size, available, borrowed, pending, max, min, spareResourceCapacity }: Pool<Thing>): unknown {
  return { size, available, borrowed, pending, max, min, spareResourceCapacity };
}

test('checkouts, releases and closings count alike', () => expectSame({
  open: pool(),
  async run(from, log) {
    const early = await from.acquire();
    await from.release(early);
    await log.settled('released again', () => from.release(early));
    const first = await from.acquire();
    log.note(first instanceof Made, first.name(), Object.keys(first), JSON.stringify(first), from.isBorrowedResource(first), count(from));
    const second = from.acquire().then((thing) => {
      log.note('second', thing.name(), count(from));
      return thing;
    });
    log.note('waiting', count(from));
    await log.settled('released', () => from.release(first));
    const next = await second;
    await log.settled('a foreign one', () => from.release(new Made(9)));
    await log.settled('destroyed', () => from.destroy(next));
    await log.settled('destroyed again', () => from.destroy(next));
    log.note(from.isBorrowedResource(next), count(from));
    await log.settled('used', () => from.use((thing) => Promise.resolve([thing instanceof Made, from.isBorrowedResource(thing)])));
    await log.settled('used badly', () => from.use(() => Promise.reject(new Error('of the user'))));
    log.note(count(from));
    await from.drain();
    await from.clear();
    log.note(count(from));
    await log.settled('a drained pool', () => from.acquire());
  },
}));

test('waiters are served by priority, and refused alike', () => expectSame({
  open: pool({ acquireTimeoutMillis: 50, maxWaitingClients: 2, priorityRange: 2 }),
  async run(from, log) {
    const thing = await from.acquire();
    const served = [1, 0].map((priority) => from.acquire(priority).then(async (one) => {
      log.note('served', priority);
      await from.release(one);
    }));
    await log.settled('one too many', () => from.acquire());
    await from.release(thing);
    await Promise.all(served);
    const held = await from.acquire();
    await log.settled('too late', () => from.acquire());
    log.note(count(from));
    await from.release(held);
    await from.drain();
    await from.clear();
  },
}));

test('what the factory does is told of alike', () => expectSame({
  open: pool({ max: 2, acquireTimeoutMillis: 50 }, true),
  async run(from, log) {
    const errors = new Set<unknown>();
    from.on('factoryCreateError', (error) => errors.add(shown(error)));
    const first = await from.acquire();
    await log.settled('none made', () => from.acquire());
    log.note([...errors][0]);
    await from.release(first);
    await turns();
    await from.drain();
    await from.clear();
  },
}));

test('a resource is validated when it is borrowed', () => expectSame({
  open: pool({ testOnBorrow: true }),
  async run(from, log: Log) {
    const thing = await from.acquire();
    log.note(thing.name());
    await from.release(thing);
    const again = await from.acquire();
    log.note(again.name(), count(from));
    await from.release(again);
    await from.drain();
    await from.clear();
  },
}));
