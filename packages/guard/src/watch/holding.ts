import { doingOf } from '../lease/doing.ts';
import type { HolderGroup } from '../lease/exhaustion.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import { mask } from '../lease/mask.ts';
import { siteOf } from '../lease/site.ts';
import { lastQueryOf } from '../lease/statement.ts';

/** Reading a stack takes about 10 µs: of a larger pool the oldest leases stand for all. */
const most = 200;
const shown = 5;

/** Who holds the connections of a pool, by call site and by what they do, most first. */
export function holdingOf({ open, clock }: Ledger): readonly HolderGroup[] {
  const groups = new Map<string, Lease[]>();
  for (const lease of first(open, most)) {
    const site = siteOf(lease.acquiredAt);
    const key = `${site?.file ?? ''}:${site?.line ?? ''}:${site?.column ?? ''} ${doingOf(lease)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [lease]);
    else group.push(lease);
  }
  const nowMs = clock.now();
  return [...groups.values()]
    .sort((one, other) => other.length - one.length)
    .slice(0, shown)
    .flatMap(([oldest, ...others]) => (oldest === undefined ? [] : groupOf(oldest, others.length + 1, nowMs)));
}

function groupOf(oldest: Lease, count: number, nowMs: number): HolderGroup {
  const { acquiredAt, heldMs, scope } = oldest;
  const lastQuery = lastQueryOf(oldest);
  const site = siteOf(acquiredAt);
  return {
    ...(site === undefined ? {} : { site }),
    count,
    ageMs: nowMs - heldMs,
    doing: doingOf(oldest),
    ...(lastQuery === undefined ? {} : { lastQuery }),
    ...(scope === undefined ? {} : { scope: mask(scope.label) }),
  };
}

/** The first so many of a longer list. */
export function first<T>(all: Iterable<T>, count: number): readonly T[] {
  const found: T[] = [];
  for (const one of all) {
    if (found.length === count) break;
    found.push(one);
  }
  return found;
}
