import { isRunning } from '../lease/doing.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import type { LeakEvidence } from '../lease/notice.ts';
import type { Options } from '../options.ts';
import type { Watcher } from './watcher.ts';

const policies: Readonly<Record<LeakEvidence, 'collected' | 'scopeEnded' | 'idle' | 'held'>> = {
  collected: 'collected',
  'scope-ended': 'scopeEnded',
  idle: 'idle',
  held: 'held',
};

/** Takes leaked connections back where the options allow it: always destroyed, never lent again. */
export function reclaim(ledger: Ledger): Watcher {
  const { options, adapter } = ledger;
  const rate = new Rate(options.reclaim.maxPerMinute);
  return {
    name: 'reclaim',
    look(lease, nowMs) {
      const { evidence } = lease;
      if (lease.state !== 'leaked' || evidence === undefined || lease.intent !== undefined) return;
      if (options.reclaim[policies[evidence]] === 'off' || isRunning(lease)) return;
      if (options.reclaim.onlyWhenExhausted && !isExhausted(ledger)) return;
      if (!rate.allows(nowMs) || !isAllowed(options, lease, evidence, nowMs)) return;
      rate.take(nowMs);
      takeBack(lease, evidence);
    },
  };

  function takeBack(lease: Lease, evidence: LeakEvidence): void {
    // Fenced first: whoever is served by the pool meanwhile must not meet the old owner.
    ledger.end(lease, 'reclaimed', ledger.clock.now());
    ledger.tally.reclaims += 1;
    ledger.tell('reclaimed', lease, { evidence });
    ledger.contain('reclaim', () => adapter.destroy(lease));
  }
}

function isExhausted({ waiting, adapter }: Ledger): boolean {
  return waiting.size > 0 || (adapter.counts().waiting ?? 0) > 0;
}

function isAllowed({ reclaim }: Options, { id, ledger, heldMs, scope }: Lease, evidence: LeakEvidence, nowMs: number): boolean {
  if (reclaim.allow === undefined) return true;
  const candidate = { pool: ledger.name, lease: id, evidence, heldMs: nowMs - heldMs };
  let isGranted = false;
  ledger.contain('reclaim.allow', () => {
    isGranted = reclaim.allow?.(scope === undefined ? candidate : { ...candidate, scope: scope.label }) !== false;
  });
  return isGranted;
}

/** So many in any minute. */
class Rate {
  readonly #perMinute: number;
  #taken: readonly number[] = [];

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  allows(nowMs: number): boolean {
    this.#taken = this.#taken.filter((ms) => nowMs - ms < 60_000);
    return this.#taken.length < this.#perMinute;
  }

  take(nowMs: number): void {
    this.#taken = [...this.#taken, nowMs];
  }
}
