import type { DeadlockStep, Exhaustion } from './exhaustion.ts';
import type { CallSite } from './site.ts';
import type { Stack } from './stack.ts';
import type { Lease } from './lease.ts';

/**
 * Why a lease is taken for a leak, strongest first: nothing that could give it back is reachable any
 * more; its scope has ended; nothing has run on it for too long; it has been held for too long.
 */
export type LeakEvidence = 'collected' | 'scope-ended' | 'idle' | 'held';

/** A leak that may be one, or is one. */
interface Leak {
  /** Why. */
  readonly evidence: LeakEvidence;
  /** How often a checkout of this line was suspected since the pool is guarded, this one included. */
  readonly occurrences: number;
}

/** How a leak went on. */
interface Outcome {
  /** Why it was taken for a leak. */
  readonly evidence: LeakEvidence;
}

/** A connection that the pool makes or closes. */
interface Identity {
  /** The server's own number of the connection; absent where the driver does not tell. */
  readonly serverId?: string | number;
}

interface StaleDiscarded {
  /** What was wrong with it. */
  readonly reason: 'dead-socket' | 'ping-failed' | 'ping-timeout' | 'too-old' | 'read-only' | 'shutdown';
  /** How long it had been idle, in ms. */
  readonly idleMs: number;
}

interface DirtyReturn {
  /** In what state it came back. */
  readonly found: 'transaction' | 'failed-transaction' | 'busy' | 'open-cursor' | 'timed-out-query';
  /** What was done about it. */
  readonly action: 'warned' | 'rolled-back' | 'destroyed' | 'drained';
}

interface StaleHandle {
  /** The method that was called. */
  readonly call: string;
  /** How the lease had ended. */
  readonly state: 'released' | 'destroyed' | 'reclaimed';
  /** Whether somebody else has the connection by now. */
  readonly ownedByAnother: boolean;
}

interface NestedAcquire {
  /** The number of the lease that the scope holds meanwhile. */
  readonly outer: number;
  /** Where that was acquired; absent where it is not known. */
  readonly outerSite?: CallSite;
  /** From how many connections on such scopes cannot block each other, as many as there are now. */
  readonly safeMax: number;
}

interface Cycle {
  /** Who waits for whom, in a circle. */
  readonly cycle: readonly DeadlockStep[];
}

interface Alert {
  /** What is watched. */
  readonly alert: 'utilisation' | 'wait' | 'exhaustion';
  /** `raised` above the limit, `cleared` well below it. */
  readonly state: 'raised' | 'cleared';
  /** The share of connections that are lent, the longest wait in ms, or how many wait. */
  readonly value: number;
  /** Above which it was raised. */
  readonly limit: number;
}

interface ConnectionLost {
  /** The code of the error, or its name where it has none. */
  readonly code: string;
}

interface GuardError {
  /** What was thrown, with credentials masked. */
  readonly message: string;
  /** Which part of the guard, or of a subscriber, threw. */
  readonly during: string;
}

/** What each type of notice tells besides its lease. Everything here is copied into the event. */
export interface Evidence {
  /** A connection is overdue: it has reached a limit, or its scope has ended. */
  'leak-suspected': Leak;
  /** A connection will not come back by itself: it is overdue for twice the limit, or nobody can give it back. */
  leaked: Leak;
  /** A connection came back after one of the two alarms, which is thereby withdrawn. */
  'returned-late': Outcome;
  /** A leaked connection was taken from its holder and destroyed, so that the pool replaces it. */
  reclaimed: Outcome;
  /** A connection was found dead, old or in the wrong role before it was handed out, and another one is handed out. */
  'stale-discarded': StaleDiscarded;
  /** A connection came back inside a transaction, or while something was still running on it. */
  'dirty-return': DirtyReturn;
  /** A connection was used or given back by one who no longer holds it. */
  'stale-handle': StaleHandle;
  /** A scope that holds a connection asks the same pool for another: with too few connections, such scopes block each other. */
  'nested-acquire': NestedAcquire;
  /** Scopes hold all connections and wait for each other. */
  deadlock: Cycle;
  /** Somebody has waited for `waitWarnMs`; told once until nobody waits any more. */
  exhausted: Exhaustion;
  /** A value of the pool has been above its limit, or has come down again. */
  alert: Alert;
  /** A connection was lent. Happens all the time: whoever listens pays for it at every checkout. */
  acquired: object;
  /** A connection was given back or closed by its holder. Happens all the time. */
  returned: object;
  /** The pool has made a connection. */
  created: Identity;
  /** The pool has closed a connection. */
  destroyed: Identity;
  /** The connection of a holder broke; his next use fails with the driver's own error. */
  'connection-lost': ConnectionLost;
  /** A part of the guard or a subscriber failed; the application was not touched. */
  'guard-error': GuardError;
}

/** The type of a notice, and of the event made of it. */
export type NoticeType = keyof Evidence;

/**
 * Tells what happened. Without a subscriber nothing is made of it, so that telling costs one test.
 *
 * @param lease - Whom it is about; absent where it is about the pool.
 * @param evidence - A function where making it costs something.
 */
export type Tell = <T extends NoticeType>(
  type: T,
  lease: Lease | undefined,
  evidence: Evidence[T] | (() => Evidence[T]),
  at?: Stack,
) => void;

/** The notices that every checkout would make: even to ask the one who publishes costs more than to look here. */
export interface Heard {
  readonly acquired: { readonly hasSubscribers: boolean };
  readonly returned: { readonly hasSubscribers: boolean };
}
