import { guard, subscribe, type Guarded, type GuardOptions, type LifeguardEvent } from '../../packages/guard/dist/index.js';
import { FakeClock } from './clock.ts';

/** A guarded pool whose guard has its time from the test, and what the guard told of it. */
export interface Watched<P> {
  readonly pool: Guarded<P>;
  readonly clock: FakeClock;
  readonly events: readonly LifeguardEvent[];
  /** The types of the events, but for those of every checkout and of the pool as a whole. */
  alarms(): readonly string[];
  /** Waits until an event of the type has come. */
  until(type: LifeguardEvent['type']): Promise<void>;
}

/** What comes with every checkout, and what is told of a pool as a whole. */
const everyday = new Set(['acquired', 'returned', 'created', 'destroyed', 'exhausted', 'alert']);
let count = 0;

/** Guards a pool under a name of its own, so that events of other pools are told apart. */
export function watched<P extends object>(pool: P, options: GuardOptions = {}): Watched<P> {
  count += 1;
  const name = `orders ${count}`;
  const clock = new FakeClock();
  const events: LifeguardEvent[] = [];
  subscribe((event) => {
    if (event.pool === name) events.push(event);
  });
  return {
    pool: guard(pool, { name, clock, ...options }),
    clock,
    events,
    alarms: () => events.map(({ type }) => type).filter((type) => !everyday.has(type)),
    until: async (type) => {
      while (!events.some((event) => event.type === type)) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** What is thrown, also by something asynchronous that is not awaited, while a function runs. */
export async function uncaughtDuring(run: () => Promise<void>): Promise<readonly unknown[]> {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, note);
  try {
    await run();
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    for (const event of ['uncaughtException', 'unhandledRejection']) process.off(event, note);
  }
  return uncaught;
}
