import { isMethod, type Method } from '../adapt/patch.ts';
import { LifeguardError } from '../errors.ts';
import type { Lease } from './lease.ts';
import { showSite, siteOf } from './site.ts';

/** What has become of a lease that is over, in words of messages and events. */
export function fateOf(lease: Lease): 'released' | 'destroyed' | 'reclaimed' {
  return lease.state === 'reclaimed' || lease.state === 'destroyed' ? lease.state : 'released';
}

/** Notes that a handle was used after its lease. */
export function tellStale(lease: Lease, call: PropertyKey, self: Method): void {
  const { ledger } = lease;
  ledger.contain('stale handle', () => {
    ledger.tally.staleHandles += 1;
    const at = ledger.sampler.release(self, ledger.clock.now());
    ledger.tell('stale-handle', lease, () => ({ call: String(call), state: fateOf(lease), ownedByAnother: isOwned(lease) }), at);
  });
}

/**
 * Fails a call on a handle whose lease is over, in the form of the method.
 *
 * @param isPromised - The method has answered with a promise before, where no record says how it answers.
 */
export function failStale(lease: Lease, call: PropertyKey, args: readonly unknown[], self: Method, isPromised = false): unknown {
  tellStale(lease, call, self);
  const error = staleError(lease, call);
  if (Error.stackTraceLimit > 0) Error.captureStackTrace(error, self);
  return failCall(lease, call, args, error, isPromised);
}

/** Fails a call on a handle in the form of the method, before the driver has it. */
export function failCall(lease: Lease, call: PropertyKey, args: readonly unknown[], error: Error, isPromised = false): unknown {
  const callback = args.at(-1);
  if (isMethod(callback)) {
    process.nextTick(callback, error);
    return undefined;
  }
  const isOperation = lease.lends.operations.has(call);
  const failed = isOperation ? lease.ledger.adapter.failOperation(lease.resource, args, error) : undefined;
  if (failed !== undefined) return failed;
  if (isPromised || (isOperation && lease.lends.promises)) return Promise.reject(error);
  throw error;
}

/** Says where the connection was acquired, where it went, and whose it is now. */
export function staleError(lease: Lease, call: PropertyKey): LifeguardError {
  const fate = fateOf(lease);
  const acquired = `acquired at ${showSite(siteOf(lease.acquiredAt))}`;
  const gone = fate === 'reclaimed' ? 'taken back by the guard' : `${fate} at ${showSite(siteOf(lease.releasedAt))}`;
  const owner = isOwned(lease) ? ' and now belongs to another' : '';
  return new LifeguardError(
    'LIFEGUARD_STALE_HANDLE',
    `\`${String(call)}\` was called on a connection of "${lease.ledger.name}" that was ${acquired}, ${gone}${owner}.`,
  );
}

function isOwned(lease: Lease): boolean {
  return lease.ledger.holderOf(lease.resource) !== undefined;
}
