import type { Ledger } from '../lease/ledger.ts';
import { onScopeEnd, type Scope } from '../lease/scope.ts';
import { Sweep } from './sweep.ts';
import { isJudged, leak, suspect } from './verdict.ts';
import type { Watcher } from './watcher.ts';

/** How long after the end of its scope a lease is a leak. */
const leakedAfterMs = 1000;

/** Suspects a lease whose scope has ended: nothing that may still release it is expected to run. */
export function scopeEnd(ledger: Ledger): Watcher {
  const { clock, options } = ledger;
  const graceMs = Math.min(options.scopeGraceMs, leakedAfterMs);
  // Only of those that held or waited for something; what they acquire afterwards counts from then.
  const endedAt = new WeakMap<Scope, number>();
  const hurry = (): void => Sweep.of(clock).wakeWithin(Math.max(1, graceMs / 4));
  const stop = onScopeEnd((scope) => {
    endedAt.set(scope, clock.now());
    if (scope.open > 0) hurry();
  });
  return {
    name: 'scope-end',
    stop,
    gate: {
      isOfScopes: true,
      /** It waited when its scope ended, and came after. */
      lent: ({ scope }) => {
        if (scope?.hasEnded === true) hurry();
      },
    },
    look(lease, nowMs) {
      const { scope } = lease;
      if (scope?.hasEnded !== true || lease.state === 'leaked' || lease.intent !== undefined) return;
      hurry();
      const sinceMs = nowMs - Math.max(endedAt.get(scope) ?? -Infinity, lease.heldMs) - lease.pausedMs;
      if (sinceMs < graceMs || !isJudged(lease)) return;
      if (sinceMs >= leakedAfterMs) leak(lease, 'scope-ended');
      else suspect(lease, 'scope-ended');
    },
  };
}
