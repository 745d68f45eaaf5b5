import type { Clock, Timer } from '../../packages/guard/dist/index.js';

interface Wait {
  readonly dueMs: number;
  readonly call: () => void;
}

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  #nowMs = 1000;
  readonly #waits = new Set<Wait>();

  now(): number {
    return this.#nowMs;
  }

  wall(): number {
    return 1_700_000_000_000 + this.#nowMs;
  }

  after(delayMs: number, call: () => void): Timer {
    const wait = { dueMs: this.#nowMs + delayMs, call };
    this.#waits.add(wait);
    return { cancel: () => void this.#waits.delete(wait) };
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#waits.size;
  }

  /** Lets time pass, and calls everything that falls due, in its order. */
  pass(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#waits].filter(({ dueMs }) => dueMs <= endMs).sort((one, other) => one.dueMs - other.dueMs);
      if (next === undefined) break;
      this.#waits.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.call();
    }
    this.#nowMs = endMs;
  }

  /** The process stands still: time passes, and what was due meanwhile comes late. */
  freeze(ms: number): void {
    this.#nowMs += ms;
  }
}
