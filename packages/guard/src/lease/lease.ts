import type { FatalError } from '@lifeguard/catalogue';
import type { LentType, Loan } from '../adapt/adapter.ts';
import type { Method } from '../adapt/patch.ts';
import type { Fence } from './handle.ts';
import type { Ledger } from './ledger.ts';
import type { LeakEvidence } from './notice.ts';
import type { Queue } from './queue.ts';
import type { Scope } from './scope.ts';
import type { Stack } from './stack.ts';

/**
 * Where a lease stands.
 *
 * `waiting` asked the pool · `held` by its owner · `suspected`, `leaked` held, and overdue ·
 * `returned`, `destroyed` by its owner · `reclaimed` by the guard · `refused`: nothing was lent.
 */
export type LeaseState = 'waiting' | 'held' | 'suspected' | 'leaked' | 'returned' | 'destroyed' | 'reclaimed' | 'refused';

/** What the driver delivered: besides the loan, what it passed as «no error». */
export interface Arrival extends Loan {
  readonly error: unknown;
  /** What the driver called our callback on: a callback of the caller's gets the same. */
  readonly receiver?: unknown;
}

/** Answers a waiting caller, in the form in which it asked: with what is lent and what gives it back, or with an error. */
export type Reply = (isLent: boolean, lent: unknown, done: Method | undefined, arrival: Arrival) => void;

/**
 * One checkout, from the call that asks for a connection to the one that gives it back.
 *
 * A lease never refers to its handle, except until its first sweep: whether the handle is still
 * reachable is what tells that it can be given back at all.
 */
export class Lease implements Loan {
  static #last = 0;

  // What every sweep reads of every lease stands together, and so in one or two lines of the processor's cache.

  /** The queue it stands in, and who stands behind it there; for the queue alone. */
  queue: Queue | undefined;
  after: Lease | undefined;
  /** The driver's own short checkout, as `pool.query` makes it: counted, and never reported. */
  readonly isInternal: boolean;
  state: LeaseState = 'waiting';
  /** The handle's fence, until the sweep has registered it with the garbage collector. */
  fence: Fence | undefined;
  /** Its stack has been read, and holds nothing alive any more. */
  isRead = false;
  /** The garbage collector has told that nobody can give it back. */
  isLost = false;
  /** The scope of the caller, at the call. */
  readonly scope: Scope | undefined;
  /** When the last operation started or ended. */
  activeMs = 0;
  /** What the suspicion rests on. */
  evidence: LeakEvidence | undefined;

  /** Who stands before it in its queue. */
  before: Lease | undefined;
  readonly id = (Lease.#last += 1);
  readonly ledger: Ledger;
  readonly lends: LentType;
  /** Where the caller stood. */
  readonly acquiredAt: Stack | undefined;
  readonly askedMs: number;

  /** What the driver gave in the place of the resource, while it waits, for drivers whose waits can be withdrawn. */
  pending: unknown;
  /** Answers the caller; `undefined` once it is answered. */
  reply: Reply | undefined;

  resource: unknown;
  done: Method | undefined;
  heldMs = 0;
  endedMs = 0;
  releasedAt: Stack | undefined;

  /** Operations that were started through the handle and have not ended. */
  running = 0;
  /** How long the process stood still while it was held, which counts against nobody. */
  pausedMs = 0;
  /** Something came out of it that may use the connection without a call through the handle: a cursor, a stream. */
  hasStreams = false;
  /** The bytes that had passed its socket when it was last looked at. */
  traffic: number | undefined;
  /** The text of the last operation, without parameters. */
  lastText: string | undefined;

  /** Why it is held for long on purpose. */
  intent: string | undefined;
  /** Its socket has failed while it was held, which was told. */
  isLostConnection = false;
  /** The server has said that the connection must not be lent again. */
  unfit: FatalError['means'] | undefined;
  /** The garbage collector is to tell when nobody can give it back. */
  isRegistered = false;
  /** The owner of a reclaimed connection has released it once, which is forgiven. */
  isForgiven = false;
  /** Its owner has released it, and the driver does not have it yet: a gate holds it back. */
  isHeldBack = false;
  /** The driver's own method that gives it back is running. */
  isGoingBack = false;
  /** The driver's own methods that were replaced on a resource lent bare, by name. */
  replaced: Map<string, Method> | undefined;

  constructor(ledger: Ledger, lends: LentType, askedMs: number, isInternal: boolean, scope: Scope | undefined, acquiredAt: Stack | undefined) {
    this.ledger = ledger;
    this.lends = lends;
    this.askedMs = askedMs;
    this.isInternal = isInternal;
    this.scope = scope;
    this.acquiredAt = acquiredAt;
  }

  /** Its owner has the connection. */
  get isOpen(): boolean {
    return this.state === 'held' || this.state === 'suspected' || this.state === 'leaked';
  }

  /** The driver delivered. */
  deliver(resource: unknown, done: Method | undefined, nowMs: number): void {
    this.state = 'held';
    // It leads to the promise of the caller, and so to the handle.
    this.pending = undefined;
    this.resource = resource;
    this.done = done;
    this.heldMs = nowMs;
    this.activeMs = nowMs;
  }

  /** Nothing was lent. */
  refuse(nowMs: number): void {
    this.state = 'refused';
    this.endedMs = nowMs;
  }

  /** It is overdue; `false` where it is no longer just held. */
  suspect(evidence: LeakEvidence): boolean {
    if (this.state !== 'held') return false;
    this.state = 'suspected';
    this.evidence = evidence;
    return true;
  }

  /** It will not come back by itself; `false` where it has leaked before or is not held. */
  leak(evidence: LeakEvidence): boolean {
    if (this.state !== 'held' && this.state !== 'suspected') return false;
    this.state = 'leaked';
    this.evidence = evidence;
    return true;
  }

  /** It works again, or is held on purpose: the suspicion is dropped. */
  clear(): void {
    if (this.state !== 'suspected') return;
    this.state = 'held';
    this.evidence = undefined;
  }

  /** The connection went back, was closed by its owner, or was taken from it. */
  end(state: 'returned' | 'destroyed' | 'reclaimed', nowMs: number): void {
    this.state = state;
    this.endedMs = nowMs;
    this.fence = undefined;
  }
}
