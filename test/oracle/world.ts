import type { Choices } from './choices.ts';
import type { FaultPoint } from './policy.ts';

/** What an injected fault throws. */
export class Fault extends Error {}

/** More faults than this in one run add no new path, only time. */
const maxFaults = 3;
const maxTurns = 4;
const maxItems = 2;

/** A connection lent by the fake pool, for as long as the run lasts. */
export interface Lease {
  readonly line: number;
  readonly exceptionsBefore: number;
  ended: boolean;
}

/** Everything one run of a program can see or do: the choices made for it and what it did. */
export class World {
  readonly leases: Lease[] = [];
  /** False once the run did what a type checker forbids, or the process came to its end. */
  feasible = true;
  exceptions = 0;
  /** The only connection of which this run says anything, where it is not all. */
  onlyOf: Lease | undefined;
  /** An error of the program's own text, such as an unknown name: the oracle is wrong, not the linter. */
  bug: Error | undefined;
  /** What a `throw` of the program's own threw last. */
  thrown: unknown;
  #faults = 0;
  #turns = 0;
  readonly #choices: Choices;
  readonly #points: ReadonlySet<FaultPoint>;
  readonly #parameters = new Map<string, boolean>();

  constructor(choices: Choices, points: ReadonlySet<FaultPoint>) {
    this.#choices = choices;
    this.#points = points;
  }

  branch(arity: number): number {
    return this.#choices.choose(arity);
  }

  /** Whether this place throws, this time. */
  fails(point: FaultPoint): boolean {
    if (!this.#points.has(point) || this.#faults >= maxFaults) return false;
    if (this.#choices.choose(2) === 0) return false;
    this.#faults++;
    this.exceptions++;
    return true;
  }

  failAt(point: FaultPoint): void {
    if (this.fails(point)) throw new Fault(point);
  }

  /** A method no driver is known to fail in throws: `await` expects it of this connection alone. */
  failOn(lease: Lease): void {
    if (this.#points.has('call')) return this.failAt('call');
    if (!this.fails('resource')) return;
    this.onlyOf ??= lease;
    throw new Fault('resource');
  }

  /** A parameter of the program: opaque, but the same each time it is read. */
  parameter(name: string): boolean {
    const known = this.#parameters.get(name);
    if (known !== undefined) return known;
    const value = this.branch(2) === 1;
    this.#parameters.set(name, value);
    return value;
  }

  /** Whether a loop that has no bound of its own went round often enough; the run then stops. */
  spent(): boolean {
    this.#turns++;
    if (this.#turns > maxTurns) this.feasible = false;
    return this.#turns > maxTurns;
  }

  *items(): Generator<number> {
    for (let item = 1; item <= maxItems; item++) {
      if (this.branch(2) === 0) return;
      yield item;
    }
  }

  /** Takes an error with which the program's function or a chain rejected. */
  uncaught(error: unknown): void {
    if (error instanceof TypeError || error instanceof ReferenceError) this.bug = error;
  }

  /**
   * An exception of a plain callback ends the process, and every connection with it. What a program
   * throws itself is taken to be met by a listener of the process, which goes on.
   */
  crash(error: unknown): void {
    this.uncaught(error);
    if (!this.bug && error !== this.thrown) this.feasible = false;
  }

  lend(line: number): Lease {
    const lease = { line, exceptionsBefore: this.exceptions, ended: false };
    this.leases.push(lease);
    return lease;
  }
}
