import type { Ledger } from '../lease/ledger.ts';
import { collected } from './collected.ts';
import { connections } from './connections.ts';
import { overdue } from './overdue.ts';
import { reclaim } from './reclaim.ts';
import { scopeEnd } from './scope-end.ts';
import { times } from './times.ts';
import type { Watcher } from './watcher.ts';

/** The strongest evidence looks first; who takes back looks last. */
const makers: readonly ((ledger: Ledger) => Watcher)[] = [times, connections, collected, scopeEnd, overdue, reclaim];

/** Makes the watchers of a pool, in the order in which they look and stand at the gate. */
export function watchersOf(ledger: Ledger): readonly Watcher[] {
  return makers.map((make) => make(ledger));
}
