import type { Lease } from '../lease/lease.ts';
import { refuseWaiter } from '../lease/lend.ts';
import type { Watcher } from './watcher.ts';

/** Ends the waits of a scope when its signal is aborted, with the signal's reason. */
export function abort(): Watcher {
  const waitersOf = new Map<AbortSignal, Set<Lease>>();

  /** One listener for all waiters of a signal: more of them draw a warning of Node. */
  function onAbort(this: AbortSignal): void {
    const waiters = waitersOf.get(this);
    waitersOf.delete(this);
    for (const lease of waiters ?? []) refuseWaiter(lease, this.reason);
  }

  function forget(lease: Lease): void {
    const signal = lease.scope?.signal;
    if (signal === undefined) return;
    const waiters = waitersOf.get(signal);
    if (waiters?.delete(lease) !== true || waiters.size > 0) return;
    waitersOf.delete(signal);
    signal.removeEventListener('abort', onAbort);
  }

  return {
    name: 'abort',
    gate: {
      isOfScopes: true,
      asked(lease) {
        const signal = lease.scope?.signal;
        if (signal === undefined) return;
        // The caller has nothing yet that could be refused.
        if (signal.aborted) {
          queueMicrotask(() => refuseWaiter(lease, signal.reason));
          return;
        }
        const waiters = waitersOf.get(signal) ?? new Set<Lease>();
        if (waiters.size === 0) signal.addEventListener('abort', onAbort, { once: true });
        waitersOf.set(signal, waiters.add(lease));
      },
      lent: forget,
      ended: forget,
    },
    stop() {
      for (const signal of waitersOf.keys()) signal.removeEventListener('abort', onAbort);
      waitersOf.clear();
    },
  };
}
