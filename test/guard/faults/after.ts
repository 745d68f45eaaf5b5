import { expect } from 'vitest';
import { startProxy, type Proxy } from '../../servers/proxy.ts';
import { uncaughtDuring } from '../watched.ts';
import type { GuardOptions } from '../../../packages/guard/dist/index.js';
import { Outstanding } from './outstanding.ts';
import type { Bench, Held, Subject } from './subject.ts';

/** A pool behind a proxy, in which something goes wrong. */
export interface Trial {
  readonly bench: Bench;
  readonly proxy: Proxy;
  readonly subject: Subject;
  /** Has the pool make all its connections, of which it may make one after the other, and lets them idle. */
  fill(): Promise<void>;
  /** Asks for so many connections at once, uses each and gives it back: whoever asked has an answer. */
  serve(count: number): Promise<readonly ('served' | Error)[]>;
  /** Lets time pass until a promise has settled. */
  passUntil<T>(settled: Promise<T>, ms: number): Promise<T>;
}

/** Long before Vitest gives the test up, which would hide what hangs: a trial takes seconds. */
const trialLimitMs = 120_000;
const mendLimitMs = 30_000;

/**
 * Runs a trial, and looks at what is left of the pool: as many connections as the server sees, each
 * with one owner, nobody who still waits, and a process that nothing has reached.
 *
 * Of a trial that fails or hangs nothing is left to the next: its connections are reset, its pool is
 * ended, and the server is mended.
 *
 * @throws Error that says what it waits for and holds, when it has not ended after `limitMs`.
 */
export async function withstands(bench: Bench, max: number, options: GuardOptions, run: (trial: Trial) => Promise<void>, limitMs: number = trialLimitMs): Promise<void> {
  const uncaught = await uncaughtDuring(async () => {
    await using proxy = await startProxy(bench);
    const outstanding = new Outstanding();
    const subject = outstanding.of(bench.open(proxy, max, options));
    try {
      await within(limitMs, seen({ bench, proxy, subject }, max, run), () => `The trial has not ended after ${limitMs} ms: ${outstanding}.`);
    } catch (error) {
      await proxy.stop();
      // Nobody waits for a pool that may never end.
      void outstanding.release().then(() => subject[Symbol.asyncDispose]()).catch(() => undefined);
      await within(mendLimitMs, bench.mend(), () => `that took more than ${mendLimitMs} ms`).catch((failure: unknown) => {
        throw new Error(`The trial has failed (${String(error)}), and the server cannot be mended: ${String(failure)}`, { cause: error });
      });
      throw error;
    }
  });
  expect(uncaught).toEqual([]);
}

async function seen({ bench, proxy, subject }: Pick<Trial, 'bench' | 'proxy' | 'subject'>, max: number, run: (trial: Trial) => Promise<void>): Promise<void> {
  const fill = (): Promise<void> => ownersAreDistinct(subject, max);
  await run({ bench, proxy, subject, fill, serve: (count) => serve(subject, count), passUntil: (settled, ms) => passUntil(subject, settled, ms) });
  // What a stalled link keeps alive at the server was closed long ago on the other side.
  for (const link of proxy.links) if (link.mode === 'stall') link.set('pass');
  await ownersAreDistinct(subject, max);
  await expect.poll(async () => (await bench.count()) - (subject.stats().total ?? 0), { timeout: 10_000 }).toBe(0);
  expect(subject.stats()).toMatchObject({ active: 0, waiting: 0 });
  expect(subject.events.filter(({ type }) => type === 'guard-error')).toEqual([]);
  await subject[Symbol.asyncDispose]();
}

async function within(limitMs: number, settled: Promise<void>, say: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(say())), limitMs);
  });
  await Promise.race([settled, late]).finally(() => clearTimeout(timer));
}

async function ownersAreDistinct(subject: Subject, max: number): Promise<void> {
  const held = await Promise.all(Array.from({ length: max }, () => subject.acquire()));
  expect(new Set(held.map(({ id }) => id)).size).toBe(max);
  await Promise.all(held.map(({ ask }) => ask('select 1')));
  await Promise.all(held.map(({ release }) => release()));
}

async function serve(subject: Subject, count: number): Promise<readonly ('served' | Error)[]> {
  return Promise.all(Array.from({ length: count }, async () => {
    let held: Held | undefined;
    try {
      held = await subject.acquire();
      await held.ask('select 1');
      return 'served';
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      await held?.release();
    }
  }));
}

async function passUntil<T>(subject: Subject, settled: Promise<T>, ms: number): Promise<T> {
  let isSettled = false;
  const end = (): void => void (isSettled = true);
  settled.then(end, end);
  await expect.poll(() => {
    if (!isSettled) subject.clock.pass(ms);
    return isSettled;
  }, { timeout: 20_000 }).toBe(true);
  return settled;
}
