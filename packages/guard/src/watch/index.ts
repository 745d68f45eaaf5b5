import type { Ledger } from '../lease/ledger.ts';
import { abort } from './abort.ts';
import { alerts } from './alerts.ts';
import { collected } from './collected.ts';
import { connections } from './connections.ts';
import { deadlock } from './deadlock.ts';
import { dirty } from './dirty.ts';
import { exhaustion } from './exhaustion.ts';
import { nested } from './nested.ts';
import { overdue } from './overdue.ts';
import { pauses } from './pauses.ts';
import { reclaim } from './reclaim.ts';
import { scopeEnd } from './scope-end.ts';
import { stale } from './stale.ts';
import { timeout } from './timeout.ts';
import { times } from './times.ts';
import type { Watcher } from './watcher.ts';

/** The strongest evidence looks first; who takes back looks last. */
const makers: readonly ((ledger: Ledger) => Watcher)[] = [
  pauses, times, connections, dirty, stale, collected, scopeEnd, overdue, reclaim, abort, nested, deadlock, timeout, exhaustion, alerts,
];

/** Makes the watchers of a pool, in the order in which they look and stand at the gate. */
export function watchersOf(ledger: Ledger): readonly Watcher[] {
  return makers.map((make) => make(ledger));
}
