import type { Ledger } from '../lease/ledger.ts';
import type { Watcher } from './watcher.ts';

/** Reading a stack takes about 10 µs. */
const digestedAtOnce = 100;

/** Measures how long callers wait and hold, of the pool and of its call sites. */
export function times({ waits, holds, siteTimes }: Ledger): Watcher {
  return {
    name: 'times',
    gate: {
      lent: ({ askedMs, heldMs }) => waits.record(heldMs - askedMs),
      ended(lease) {
        if (lease.state === 'refused') return;
        holds.record(lease.endedMs - lease.heldMs);
        if (!lease.isInternal) siteTimes.note(lease);
      },
    },
    survey: () => siteTimes.digest(digestedAtOnce),
  };
}
