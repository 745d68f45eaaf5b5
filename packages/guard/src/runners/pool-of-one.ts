import type { LifeguardError } from '../errors.ts';
import type { Lease } from '../lease/lease.ts';
import { siteOf } from '../lease/site.ts';
import { captureHere } from '../lease/stack.ts';
import { errorAt, shown } from './leak-error.ts';
import type { TestRun } from './test-run.ts';

/**
 * The error of an acquire in a scope that holds a connection of the same pool.
 *
 * Without a scope nobody can tell who holds what: a server's requests have one where its
 * middleware makes them.
 */
export function nestedCheckout(run: TestRun, lease: Lease): LifeguardError | undefined {
  const { ledger, scope } = lease;
  if (scope === undefined) return undefined;
  const outer = [...run.leases].find((one) => one.isOpen && one.ledger === ledger && one.scope === scope);
  if (outer === undefined) return undefined;
  // The driver's own checkout has no stack, but whoever asked for it is still running.
  const inner = siteOf(lease.acquiredAt ?? captureHere());
  const held = siteOf(outer.acquiredAt);
  const sentence = `A connection of ${ledger.name} was asked for while «${scope.label}» held one, for which a pool of one would wait for ever.`;
  return errorAt('LIFEGUARD_NESTED_CHECKOUT', sentence, [
    [`asked for at ${shown(inner)}`, inner],
    [`held since ${shown(held)}`, held],
  ]);
}
