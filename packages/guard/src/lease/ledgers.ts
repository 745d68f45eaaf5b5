import type { Ledger } from './ledger.ts';
import { shared } from './shared.ts';
import { WeakMembers } from './weak-members.ts';

const ledgers = shared('ledgers', () => new WeakMembers<Ledger>());
const listeners = shared('ledger-listeners', () => new Set<(ledger: Ledger) => void>());

/** Enters the ledger of a pool, which is guarded from now on, until the returned function is called. */
export function enterLedger(ledger: Ledger): () => void {
  ledgers.add(ledger);
  for (const told of listeners) told(ledger);
  return () => ledgers.delete(ledger);
}

/** Calls for the ledger of every pool that is guarded, and of every one that will be. */
export function onLedger(told: (ledger: Ledger) => void): void {
  for (const ledger of ledgers) told(ledger);
  listeners.add(told);
}
