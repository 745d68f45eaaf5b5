// A million checkouts of a pool that does no I/O, some of which leak and are taken back. Says what it saw as JSON.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import genericPool from 'generic-pool';
import { guard, stats, subscribe } from '../../../packages/guard/dist/index.js';

setFlagsFromString('--expose-gc');
const gc = /** @type {() => void} */ (runInNewContext('gc'));
const checkouts = Number(process.argv[2]);

/** Time that passes with the work. */
class WorkClock {
  #nowMs = 0;
  /** @type {Map<object, { dueMs: number, call: () => void }>} */
  #waits = new Map();
  now() {
    return this.#nowMs;
  }
  wall() {
    return this.#nowMs;
  }
  /** @param {number} delayMs @param {() => void} call */
  after(delayMs, call) {
    const key = {};
    this.#waits.set(key, { dueMs: this.#nowMs + delayMs, call });
    return { cancel: () => void this.#waits.delete(key) };
  }
  /** @param {number} ms */
  pass(ms) {
    this.#nowMs += ms;
    for (const [key, { dueMs, call }] of this.#waits) {
      if (dueMs > this.#nowMs) continue;
      this.#waits.delete(key);
      call();
    }
  }
}

const clock = new WorkClock();
const pool = guard(
  genericPool.createPool({ create: () => Promise.resolve({ ask: () => 1 }), destroy: () => Promise.resolve() }, { max: 10 }),
  { clock, idleLimitMs: 1000, reclaim: { idle: 'destroy', collected: 'destroy', maxPerMinute: 1_000_000 } },
);
/** @type {Record<string, number>} */
const events = {};
const stop = subscribe(({ type }) => void (events[type] = (events[type] ?? 0) + 1), ['leaked', 'reclaimed', 'guard-error']);

/** @type {number[]} */
const heaps = [];
const leakEvery = 1000;
for (let done = 1; done <= checkouts; done += 1) {
  const resource = await pool.acquire();
  resource.ask();
  if (done % leakEvery !== 0) await pool.release(resource);
  else for (let turn = 0; turn < 12; turn += 1) clock.pass(250);
  if (done % (checkouts / 10) !== 0) continue;
  await new Promise((resolve) => setImmediate(resolve));
  gc();
  heaps.push(process.memoryUsage().heapUsed);
}
stop();
const { acquired, returned, reclaims, leaks, active } = stats(pool);
await pool.drain();
await pool.clear();
process.on('exit', () => {
  console.log(JSON.stringify({ heaps, events, acquired, returned, reclaims, leaks, active, handles: process.getActiveResourcesInfo() }));
});
