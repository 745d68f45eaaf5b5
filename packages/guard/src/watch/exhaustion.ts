import { showSite } from '../lease/site.ts';
import type { Exhaustion, HolderGroup } from '../lease/exhaustion.ts';
import type { Ledger } from '../lease/ledger.ts';
import { causeOf, shorten } from './cause.ts';
import { holdingOf } from './holding.ts';
import { Sweep } from './sweep.ts';
import type { Watcher } from './watcher.ts';

/** Tells once per episode that somebody has waited for `waitWarnMs`; the episode ends when nobody waits any more. */
export function exhaustion(ledger: Ledger): Watcher {
  const { waiting, options, clock } = ledger;
  const { waitWarnMs } = options;
  if (waitWarnMs === false) return { name: 'exhaustion' };
  let isTold = false;
  return {
    name: 'exhaustion',
    // The sweep has to come by once in the limit, and comes four times.
    limitMs: waitWarnMs * 4,
    survey(nowMs) {
      const [longest] = waiting;
      if (longest === undefined) {
        isTold = false;
        return;
      }
      if (isTold) return;
      const waitedMs = nowMs - longest.askedMs;
      if (waitedMs < waitWarnMs) {
        Sweep.of(clock).wakeWithin(waitWarnMs - waitedMs);
        return;
      }
      isTold = true;
      ledger.tell('exhausted', longest, () => exhaustionOf(ledger, waitedMs));
    },
  };
}

interface Made {
  readonly atMs: number;
  readonly exhaustion: Exhaustion;
}

/** Many callers time out at once, and all are told the same. */
const freshMs = 100;
const made = new WeakMap<Ledger, Made>();

/** What is known about a pool whose caller has waited for `waitedMs`. */
export function exhaustionOf(ledger: Ledger, waitedMs: number): Exhaustion {
  const nowMs = ledger.clock.now();
  const before = made.get(ledger);
  const isFresh = before !== undefined && nowMs - before.atMs < freshMs && before.exhaustion.active === ledger.open.size;
  const found = isFresh ? { ...before.exhaustion, waitedMs } : find(ledger, waitedMs);
  if (!isFresh) made.set(ledger, { atMs: nowMs, exhaustion: found });
  return found;
}

function find(ledger: Ledger, waitedMs: number): Exhaustion {
  const { max, idle, waiting } = ledger.adapter.counts();
  return {
    ...(max === undefined ? {} : { limit: max }),
    active: ledger.open.size,
    idle: idle ?? 0,
    waiting: Math.max(waiting ?? 0, ledger.waiting.size),
    waitedMs,
    holders: holdingOf(ledger),
    ...causeOf(ledger, waitedMs),
  };
}

/** The same in sentences, for the message of an error. */
export function describe({ limit, active, idle, waiting, holders, cause, advice }: Exhaustion): string {
  const lent = limit === undefined ? `${active} lent` : `${active} of ${limit} lent`;
  const held = holders.length === 0 ? '' : ` Held: ${holders.map(describeGroup).join('; ')}.`;
  return `${lent}, ${idle} idle, ${waiting} waiting.${held} Looks like: ${cause}. ${advice}`;
}

function describeGroup({ site, count, ageMs, doing, lastQuery, scope }: HolderGroup): string {
  const facts = [
    doing,
    ...(lastQuery === undefined ? [] : [`last \`${shorten(lastQuery)}\``]),
    ...(scope === undefined ? [] : [`in ${scope}`]),
  ];
  return `${count} from ${showSite(site)} for ${(ageMs / 1000).toFixed(1)} s (${facts.join(', ')})`;
}
