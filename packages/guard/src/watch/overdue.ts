import { isRunning } from '../lease/doing.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import type { LeakEvidence } from '../lease/notice.ts';
import { isJudged, leak, suspect } from './verdict.ts';
import type { Watcher } from './watcher.ts';

/** Suspects a lease that has run nothing for `idleLimitMs`, or is held for longer than `holdLimitMs`. */
export function overdue({ options, adapter }: Ledger): Watcher {
  const { idleLimitMs, holdLimitMs } = options;
  const limits = [idleLimitMs, holdLimitMs].flatMap((limit) => (limit === false ? [] : limit));
  return {
    name: 'overdue',
    ...(limits.length === 0 ? {} : { limitMs: Math.min(...limits) }),
    look(lease, nowMs) {
      if (holdLimitMs !== false) judge(lease, 'held', nowMs - lease.heldMs - lease.pausedMs, holdLimitMs);
      if (idleLimitMs === false || nowMs - lease.activeMs < idleLimitMs / 4) return;
      if (lease.evidence === 'idle' && lease.state === 'suspected' && isRunning(lease)) lease.clear();
      if (lease.hasStreams && hasTraffic(lease)) lease.activeMs = nowMs;
      judge(lease, 'idle', nowMs - lease.activeMs, idleLimitMs);
    },
  };

  /** What came out of the connection may use it without our seeing a call: then its bytes tell. */
  function hasTraffic(lease: Lease): boolean {
    const traffic = adapter.trafficOf(lease.resource);
    const hasMoved = traffic !== lease.traffic;
    lease.traffic = traffic;
    return hasMoved;
  }
}

function judge(lease: Lease, evidence: LeakEvidence, sinceMs: number, limitMs: number): void {
  if (sinceMs < limitMs || !isJudged(lease)) return;
  if (sinceMs >= 2 * limitMs) leak(lease, evidence);
  else suspect(lease, evidence);
}
