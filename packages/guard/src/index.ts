import type { Advice } from './advice.ts';
import { guardOf } from './guard.ts';
import type { Holder } from './holders.ts';
import type { PoolStats } from './stats.ts';

export type { Advice } from './advice.ts';
export { codes, LifeguardError, type Code } from './errors.ts';
export { eventTypes, type EventBase, type EventOf, type LifeguardEvent } from './event/event.ts';
export { subscribe } from './event/publish.ts';
export { guard, unguard } from './guard.ts';
export type { Guarded, Lent, LentAsync } from './guarded.ts';
export type { Holder } from './holders.ts';
export { hold } from './hold.ts';
export type { Clock, Timer } from './clock.ts';
export type { GuardOptions, PingOptions, ReclaimAction, ReclaimCandidate, ReclaimOptions } from './options.ts';
export type { PrintSignal } from './print-on-signal.ts';
export { scope, scopeHttp, type ScopeOptions } from './scope.ts';
export type { Cause, DeadlockStep, Doing, ExhaustedError, Exhaustion, HolderGroup } from './lease/exhaustion.ts';
export type { Distribution } from './lease/histogram.ts';
export type { CallSite, Site } from './lease/site.ts';
export type { SiteTimes } from './lease/site-times.ts';
export type { PoolStats } from './stats.ts';

/**
 * The numbers of a guarded pool now.
 *
 * @throws LifeguardError `LIFEGUARD_NOT_GUARDED`.
 */
export function stats(pool: object): PoolStats {
  return guardOf(pool).stats();
}

/**
 * Who holds connections of a guarded pool now, most suspicious first.
 *
 * @throws LifeguardError `LIFEGUARD_NOT_GUARDED`.
 */
export function holders(pool: object): readonly Holder[] {
  return guardOf(pool).holders();
}

/**
 * How large a guarded pool should be, and what to mend first.
 *
 * @throws LifeguardError `LIFEGUARD_NOT_GUARDED`.
 */
export function advice(pool: object): Advice {
  return guardOf(pool).advice();
}
