import type { Clock } from '../clock.ts';

/** A clock of the wall that ran this much ahead tells that the machine slept, where the other clock stood still. */
const sleptMs = 1000;

/**
 * Counts the events after which no connection can be trusted that was made or proven before: a
 * connection that failed, a process that stood still.
 */
export class Generation {
  readonly #clock: Clock;
  #driftMs: number;
  /** The current one. A connection of an earlier one has to be proven anew. */
  number = 0;
  /** The last one that began because a server took no writes. */
  demoted = -1;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#driftMs = clock.wall() - clock.now();
  }

  /** Nothing before is trusted any more. */
  end(): void {
    this.number += 1;
  }

  /** The same, where a connection may answer and still be to the wrong server. */
  demote(): void {
    this.end();
    this.demoted = this.number;
  }

  /** Looks whether the machine has slept since the last look. */
  look(nowMs: number): void {
    const driftMs = this.#clock.wall() - nowMs;
    if (driftMs - this.#driftMs >= sleptMs) this.end();
    this.#driftMs = driftMs;
  }
}
