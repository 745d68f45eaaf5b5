import type { Doing } from './exhaustion.ts';
import type { Lease } from './lease.ts';

/** Does a statement run on the connection? The driver's own checkouts are made for nothing else. */
export function isRunning({ running, isInternal, ledger, resource }: Lease): boolean {
  return running > 0 || isInternal || ledger.adapter.isRunning(resource) === true;
}

/** What the connection of an open lease is doing. */
export function doingOf(lease: Lease): Doing {
  if (isRunning(lease)) return 'running SQL';
  if (lease.scope !== undefined && lease.scope.waiting > 0) return 'waiting';
  const transaction = lease.ledger.adapter.transactionOf(lease.resource);
  return transaction === 'open' || transaction === 'failed' ? 'idle in transaction' : 'idle';
}
