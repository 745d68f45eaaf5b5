import type { Ledger } from '../lease/ledger.ts';
import type { Watcher } from './watcher.ts';

const makers: readonly ((ledger: Ledger) => Watcher)[] = [];

/** Makes the watchers of a pool, in the order in which they look and stand at the gate. */
export function watchersOf(ledger: Ledger): readonly Watcher[] {
  return makers.map((make) => make(ledger));
}
