import type { Ledger } from '../lease/ledger.ts';
import type { Lease } from '../lease/lease.ts';
import { siteOf } from '../lease/site.ts';
import { Sweep } from './sweep.ts';
import { isJudged, leak } from './verdict.ts';
import type { Watcher } from './watcher.ts';

/**
 * How many leases one sweep registers: each costs 1 to 2 µs, and what is behind a stack about 5 µs,
 * so that a sweep over many stays short. The rest has its turn in the next.
 */
const registeredAtOnce = 1000;
const readAtOnce = 100;

/**
 * Finds leases that nobody can give back any more: the garbage collector took the fence, and so the
 * handle and everything else that leads to the release.
 */
export function collected(ledger: Ledger): Watcher {
  const { adapter, clock } = ledger;
  // Collection is told at any time: what follows from it is left to the sweep.
  const registry = new FinalizationRegistry<Lease>((lease) => {
    lease.isLost = true;
    if (lease.isOpen) Sweep.of(clock).wakeWithin(1);
  });
  let registered = 0;
  let read = 0;
  return {
    name: 'collected',
    gate: {
      ended(lease) {
        if (lease.isRegistered) registry.unregister(lease);
      },
    },
    look(lease) {
      const { fence } = lease;
      if (fence !== undefined && registered < registeredAtOnce) {
        registered += 1;
        registry.register(fence, lease, lease);
        lease.isRegistered = true;
        lease.fence = undefined;
      }
      // An unread stack holds the receivers of its frames, and one of those may hold the handle.
      if (!lease.isRead && read < readAtOnce) {
        read += 1;
        lease.isRead = true;
        siteOf(lease.acquiredAt);
      }
      if (lease.isLost && isJudged(lease) && !adapter.isListening(lease.resource)) leak(lease, 'collected');
    },
    survey() {
      registered = 0;
      read = 0;
    },
  };
}
