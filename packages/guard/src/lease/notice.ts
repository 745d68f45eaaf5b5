import type { DeadlockStep, Exhaustion } from './exhaustion.ts';
import type { CallSite } from './site.ts';
import type { Stack } from './stack.ts';
import type { Lease } from './lease.ts';

/** Why a lease is taken for a leak. */
export type LeakEvidence = 'collected' | 'scope-ended' | 'idle' | 'held';

/** What each type of notice tells besides its lease. Everything here is copied into the event. */
export interface Evidence {
  'leak-suspected': { readonly evidence: LeakEvidence; readonly occurrences: number };
  leaked: { readonly evidence: LeakEvidence; readonly occurrences: number };
  'returned-late': { readonly evidence: LeakEvidence };
  reclaimed: { readonly evidence: LeakEvidence };
  'stale-discarded': { readonly reason: 'dead-socket' | 'ping-failed' | 'ping-timeout' | 'too-old' | 'read-only' | 'shutdown'; readonly idleMs: number };
  'dirty-return': { readonly found: 'transaction' | 'failed-transaction' | 'busy' | 'open-cursor' | 'timed-out-query'; readonly action: 'warned' | 'rolled-back' | 'destroyed' | 'drained' };
  'stale-handle': { readonly call: string; readonly state: 'released' | 'destroyed' | 'reclaimed'; readonly ownedByAnother: boolean };
  'nested-acquire': { readonly outer: number; readonly outerSite?: CallSite; readonly safeMax: number };
  deadlock: { readonly cycle: readonly DeadlockStep[] };
  exhausted: Exhaustion;
  alert: { readonly alert: 'utilisation' | 'wait' | 'exhaustion'; readonly state: 'raised' | 'cleared'; readonly value: number; readonly limit: number };
  acquired: object;
  returned: object;
  created: { readonly serverId?: string | number };
  destroyed: { readonly serverId?: string | number };
  'connection-lost': { readonly code: string };
  'guard-error': { readonly message: string; readonly during: string };
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
