import type { Ending, Loan } from '../adapt/adapter.ts';
import { isMethod, methodOf, type Method } from '../adapt/patch.ts';
import type { Lease } from './lease.ts';
import { fateOf, staleError, tellStale } from './stale-use.ts';

/**
 * Ends a lease at its owner's request and gives the connection to the driver.
 *
 * @param self - The function the owner called, above which no frame is his.
 */
export function giveBack(lease: Lease, ending: Ending, args: readonly unknown[], self: Method): unknown {
  if (!lease.isOpen) return giveBackAgain(lease, ending, args, self);
  const { ledger } = lease;
  const nowMs = ledger.clock.now();
  lease.releasedAt = ledger.sampler.release(self, nowMs);
  const destroys = ending.destroys(args);
  const held = destroys ? undefined : takeBack(lease);
  ledger.end(lease, destroys ? 'destroyed' : 'returned', nowMs);
  if (held === undefined) return toDriver(lease, ending, args);
  if (held === 'destroy') {
    ledger.adapter.destroy(lease);
    return settle(ending, args, undefined);
  }
  lease.isHeldBack = true;
  const settled = held.then(
    (fate) => {
      lease.isHeldBack = false;
      if (fate === 'release') return toDriver(lease, ending, args);
      ledger.adapter.destroy(lease);
      return undefined;
    },
    () => ledger.adapter.destroy(lease),
  );
  if (ending.settles === 'promise') return settled;
  settled.catch((error: unknown) => ledger.failedDuring('return', error));
  return undefined;
}

/** The first gate that wants to hold the connection back does. */
function takeBack(lease: Lease): 'destroy' | Promise<'release' | 'destroy'> | undefined {
  for (const look of lease.ledger.gates.takeBack) {
    // Written out: a closure for each gate at every release is a third of what they cost.
    try {
      const held = look(lease);
      if (held !== undefined) return held;
    } catch (error) {
      lease.ledger.failedDuring('return', error);
    }
  }
  return undefined;
}

/** Gives back what nobody ever had: its caller stopped waiting before it came. */
export function returnUnused(lease: Lease, { resource, done }: Loan): void {
  const { lends, ledger } = lease;
  lease.resource = resource;
  lease.done = done;
  const ending = lends.release ?? lends.done ?? ledger.adapter.owners[0];
  if (ending !== undefined) toDriver(lease, ending, []);
}

function toDriver(lease: Lease, ending: Ending, args: readonly unknown[]): unknown {
  const { ledger, lends, resource, done } = lease;
  if (done !== undefined && (ending === lends.release || ending === lends.done)) return Reflect.apply(done, resource, args);
  if (ending.on === 'owner') {
    return Reflect.apply(ownerMethod(lease, ending), ledger.adapter.core, [resource, ...args]);
  }
  const method = lease.replaced?.get(ending.method) ?? methodOf(resource, ending.method);
  if (method === undefined) return undefined;
  lease.isGoingBack = true;
  try {
    return Reflect.apply(method, resource, args);
  } finally {
    lease.isGoingBack = false;
  }
}

/** The driver's own method of the pool. */
function ownerMethod({ ledger }: Lease, { method }: Ending): Method {
  return ledger.owners.get(method) ?? methodOf(ledger.adapter.core, method) ?? (() => undefined);
}

/** What no pool has lent. */
const nobodys = Object.freeze({});

/** A second or late release does what it does in this driver, and never touches the next owner. */
function giveBackAgain(lease: Lease, ending: Ending, args: readonly unknown[], self: Method): unknown {
  const { ledger } = lease;
  tellStale(lease, ending.method, self);
  if (fateOf(lease) === 'reclaimed' && !lease.isForgiven) {
    lease.isForgiven = true;
    return settle(ending, args, undefined);
  }
  // pg's function is of this checkout alone, and knows by itself that it was called before, where it was.
  if (!lease.isHeldBack && lease.done !== undefined && (ending === lease.lends.release || ending === lease.lends.done)) {
    return Reflect.apply(lease.done, lease.resource, args);
  }
  if (ending.on === 'owner' && ledger.adapter.refusesForeign) return Reflect.apply(ownerMethod(lease, ending), ledger.adapter.core, [nobodys]);
  if (ending.twice === 'throws') throw ledger.adapter.releasedTwice() ?? staleError(lease, ending.method);
  return settle(ending, args, ending.twice === 'rejects' ? staleError(lease, ending.method) : undefined);
}

function settle(ending: Ending, args: readonly unknown[], error: Error | undefined): unknown {
  const callback = args.at(-1);
  if (ending.settles !== 'sync' && isMethod(callback)) {
    process.nextTick(callback, error);
    return undefined;
  }
  if (ending.settles === 'sync' || ending.settles === 'callback') return undefined;
  return error === undefined ? Promise.resolve() : Promise.reject(error);
}
