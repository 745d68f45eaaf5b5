import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import type { Scope } from '../lease/scope.ts';
import { siteOf } from '../lease/site.ts';
import { captureHere } from '../lease/stack.ts';
import type { Watcher } from './watcher.ts';

/** Warns once of a connection that is held while its scope asks the same pool for another. */
export function nested(ledger: Ledger): Watcher {
  const warned = new WeakSet<Lease>();
  return {
    name: 'nested',
    gate: {
      isOfScopes: true,
      asked(lease) {
        const { scope } = lease;
        if (scope === undefined || scope.open === 0) return;
        const outer = outerOf(scope);
        if (outer === undefined || warned.has(outer)) return;
        warned.add(outer);
        // The driver's own checkout has no stack, but whoever asked for it is still running.
        const at = lease.isInternal && ledger.options.stacks !== 'off' ? captureHere() : undefined;
        ledger.tell('nested-acquire', lease, () => nesting(outer, scope), at);
      },
    },
  };

  function outerOf(scope: Scope): Lease | undefined {
    for (const lease of ledger.open) if (lease.scope === scope && !lease.isInternal) return lease;
    return undefined;
  }

  function nesting(outer: Lease, scope: Scope): { outer: number; outerSite?: NonNullable<ReturnType<typeof siteOf>>; safeMax: number } {
    const outerSite = siteOf(outer.acquiredAt);
    return { outer: outer.id, ...(outerSite === undefined ? {} : { outerSite }), safeMax: safeMax(scope) };
  }

  /** Tasks × (connections of one task − 1) + 1: with one more than all can hold while they wait, one always goes on. */
  function safeMax(scope: Scope): number {
    const counts = new Map<Scope, number>();
    for (const leases of [ledger.open, ledger.waiting]) {
      for (const { scope: one } of leases) if (one !== undefined) counts.set(one, (counts.get(one) ?? 0) + 1);
    }
    return counts.size * ((counts.get(scope) ?? 1) - 1) + 1;
  }
}
