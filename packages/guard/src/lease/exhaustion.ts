import type { CallSite } from './site.ts';

/** What a held connection is doing; `'waiting'`: its scope waits for another connection meanwhile. */
export type Doing = 'running SQL' | 'idle in transaction' | 'idle' | 'waiting';

/** Why no connection comes free. */
export type Cause = 'leak' | 'slow queries' | 'undersized' | 'deadlock' | 'blocked event loop' | 'cannot connect';

/** The open leases of one call site that do the same. */
export interface HolderGroup {
  /** Where they were acquired; absent where it is not known, as for the driver's own checkouts. */
  readonly site?: CallSite;
  /** How many there are. */
  readonly count: number;
  /** How long the oldest has been held, in ms. */
  readonly ageMs: number;
  /** What their connections are doing; `'waiting'`: the scope waits for another one meanwhile. */
  readonly doing: Doing;
  /** The last statement of the oldest, without parameters and literals. */
  readonly lastQuery?: string;
  /** The label of the oldest's scope. */
  readonly scope?: string;
}

/** One step of a cycle: who waits for a pool, and who holds a connection of it meanwhile. */
export interface DeadlockStep {
  /** The label of the scope that waits. */
  readonly scope: string;
  /** The name of the pool that it waits for. */
  readonly pool: string;
  /** Where it waits; absent where that is not known. */
  readonly waitsAt?: CallSite;
  /** The label of the scope that holds, which waits in the next step. */
  readonly heldBy: string;
  /** The lease it holds. */
  readonly lease: number;
  /** Where that was acquired; absent where it is not known. */
  readonly heldAt?: CallSite;
}

/** What is known about a pool that has nothing left to lend. */
export interface Exhaustion {
  /** How many connections the pool may have; absent where the driver does not tell. */
  readonly limit?: number;
  /** How many are lent. */
  readonly active: number;
  /** How many could be lent. */
  readonly idle: number;
  /** How many callers wait. */
  readonly waiting: number;
  /** How long the caller has waited, in ms. */
  readonly waitedMs: number;
  /** Who holds most, most first; at most five. */
  readonly holders: readonly HolderGroup[];
  /** Why no connection comes free. */
  readonly cause: Cause;
  /** What to do about it. */
  readonly advice: string;
  /** Who waits for whom, on the error of a deadlock. */
  readonly cycle?: readonly DeadlockStep[];
}

/** The error of an acquire that took too long, or whose wait would never have ended. */
export interface ExhaustedError extends Error {
  readonly lifeguard: Exhaustion;
}
