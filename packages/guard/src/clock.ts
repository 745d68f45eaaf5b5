/** A wait that can be called off. */
export interface Timer {
  /** Calls the wait off; a second call does nothing. */
  cancel(): void;
}

/** Where the guard has its time from, so that a test can give it another. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Milliseconds since 1970, for people; may jump. */
  wall(): number;
  /** Calls once after `delayMs`; never keeps the process alive. */
  after(delayMs: number, call: () => void): Timer;
}

class SystemTimer implements Timer {
  readonly #timeout: NodeJS.Timeout;

  constructor(delayMs: number, call: () => void) {
    this.#timeout = setTimeout(call, delayMs);
    this.#timeout.unref();
  }

  cancel(): void {
    clearTimeout(this.#timeout);
  }
}

/** Not looked up at every call: the global is behind a getter. */
const { performance } = globalThis;

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after: (delayMs, call) => new SystemTimer(delayMs, call),
};
