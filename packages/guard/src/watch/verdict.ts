import { isRunning } from '../lease/doing.ts';
import type { Lease } from '../lease/lease.ts';
import type { LeakEvidence } from '../lease/notice.ts';
import { keyOf, siteOf } from '../lease/site.ts';

/** May the lease be judged at all, now? What runs a statement is no leak, whatever else may be true. */
export function isJudged(lease: Lease): boolean {
  return lease.state !== 'leaked' && lease.intent === undefined && !isRunning(lease);
}

/** The lease is overdue. */
export function suspect(lease: Lease, evidence: LeakEvidence): void {
  if (!lease.suspect(evidence)) return;
  const { ledger } = lease;
  ledger.tally.suspected += 1;
  const occurrences = count(lease);
  ledger.tell('leak-suspected', lease, { evidence, occurrences });
}

/** The lease will not come back by itself. */
export function leak(lease: Lease, evidence: LeakEvidence): void {
  const wasSuspected = lease.state === 'suspected';
  if (!lease.leak(evidence)) return;
  const { ledger } = lease;
  ledger.tally.leaks += 1;
  ledger.lastLeak = siteOf(lease.acquiredAt);
  const occurrences = wasSuspected ? timesSeen(lease) : count(lease);
  ledger.tell('leaked', lease, { evidence, occurrences });
}

/** Counts a suspicious lease of a site, whose later checkouts remember their whole stack. */
function count(lease: Lease): number {
  const key = keyOf(lease.acquiredAt);
  if (key === undefined) return 1;
  const times = timesSeen(lease) + 1;
  lease.ledger.sampler.suspects.set(key, times);
  return times;
}

function timesSeen({ ledger, acquiredAt }: Lease): number {
  const key = keyOf(acquiredAt);
  return (key === undefined ? undefined : ledger.sampler.suspects.get(key)) ?? 0;
}
