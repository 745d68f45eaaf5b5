import type { Health } from '../adapt/health/index.ts';
import type { Timer } from '../clock.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';

/** A wait of a connection that its owner has given back, before the pool has it. */
interface Wait {
  readonly timer: Timer;
  readonly stop: () => void;
  readonly end: (isDone: boolean) => void;
}

/** Holds returned connections back while they still have to hear from the server. */
export class Drain {
  readonly #ledger: Ledger;
  readonly #health: Health;
  readonly #waits = new Set<Wait>();

  constructor(ledger: Ledger, health: Health) {
    this.#ledger = ledger;
    this.#health = health;
  }

  /** Waits until everything that was sent has been answered; `false` when `drainMs` were not enough. */
  quiet({ resource }: Lease): Promise<boolean> {
    return this.until((told) => this.#health.whenQuiet(resource, () => told(true)));
  }

  /** Waits to be told, and calls the returned function then; `false` when `drainMs` were not enough. */
  until(ask: (told: (isDone: boolean) => void) => () => void): Promise<boolean> {
    const { clock, options } = this.#ledger;
    return new Promise((resolve) => {
      let stop = (): void => undefined;
      const wait: Wait = {
        timer: clock.after(options.drainMs, () => wait.end(false)),
        stop: () => stop(),
        end: (isDone) => {
          if (!this.#waits.delete(wait)) return;
          wait.timer.cancel();
          wait.stop();
          resolve(isDone);
        },
      };
      this.#waits.add(wait);
      stop = ask(wait.end);
    });
  }

  /** Waits for the server's answer; `false` when it is an error, or does not come within `drainMs`. */
  answer(ask: (told: (error: unknown) => void) => void): Promise<boolean> {
    return this.until((told) => {
      ask((error) => told(error === undefined));
      return () => undefined;
    });
  }

  /** The pool is guarded no more: what is held back goes on as it would have gone. */
  stop(): void {
    for (const wait of this.#waits) wait.end(true);
  }
}
