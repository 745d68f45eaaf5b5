import type { Ledger } from './lease/ledger.ts';
import { showSite, siteOf, type CallSite } from './lease/site.ts';

/** What to do about the size of a pool, from what was measured since it is guarded. */
export interface Advice {
  /** The name of the pool. */
  readonly pool: string;
  readonly max: number | undefined;
  /** Checkouts per second. */
  readonly ratePerSecond: number;
  /** How long a connection was held, on average. */
  readonly holdMs: number;
  /** How many connections are in use on average, by Little's law: rate × hold time. */
  readonly inUse: number;
  /** What to start from: one and a half times that, and at least 1. */
  readonly suggestedMax: number;
  /** What to mend before the size is changed. */
  readonly first: 'leak' | 'long-hold' | 'undersized' | 'oversized' | 'nothing';
  /** Where to look: the site that leaks, or that holds longest in sum. */
  readonly site?: CallSite;
  /** The same in a sentence. */
  readonly sentence: string;
}

const margin = 1.5;
/** A site that holds more than this share of all the time decides the size of the pool. */
const greatShare = 0.5;
/** A pool of more than so many times the need takes connections from others. */
const tooLarge = 4;

/** Advice for a guarded pool. */
export function adviceFor(ledger: Ledger): Advice {
  const { name, adapter, holds, siteTimes, clock, sinceMs, tally } = ledger;
  const { count, meanMs } = holds.read();
  const seconds = Math.max(clock.now() - sinceMs, 1) / 1000;
  const ratePerSecond = count / seconds;
  const inUse = (ratePerSecond * meanMs) / 1000;
  const suggestedMax = Math.max(1, Math.ceil(inUse * margin));
  const { max } = adapter.counts();
  const figures = { pool: name, max, ratePerSecond, holdMs: meanMs, inUse, suggestedMax };

  const leaking = [...ledger.open].find(({ state }) => state === 'leaked' || state === 'suspected');
  if (leaking !== undefined || tally.leaks > tally.returnedLate) {
    const site = leaking === undefined ? ledger.lastLeak : siteOf(leaking.acquiredAt);
    return advise(figures, 'leak', `Mend the leak at ${showSite(site)} first: no size is enough for it.`, site);
  }
  const isTight = max !== undefined && max < suggestedMax;
  const sites = siteTimes.read();
  const total = sites.reduce((sum, { hold }) => sum + hold.count * hold.meanMs, 0);
  const longest = sites[0];
  if (isTight && longest !== undefined && sites.length > 1 && longest.hold.count * longest.hold.meanMs > total * greatShare) {
    const sentence = `Hold for less long at ${showSite(longest.site)}, which holds more than all others together.`;
    return advise(figures, 'long-hold', sentence, longest.site);
  }
  if (isTight) return advise(figures, 'undersized', `Raise the pool from ${max} to ${suggestedMax} connections.`);
  if (max !== undefined && max > suggestedMax * tooLarge) {
    return advise(figures, 'oversized', `${suggestedMax} of ${max} connections would do for what was measured.`);
  }
  return advise(figures, 'nothing', 'The pool is as large as it has to be.');
}

type Figures = Omit<Advice, 'first' | 'sentence' | 'site'>;

function advise(figures: Figures, first: Advice['first'], sentence: string, site?: CallSite): Advice {
  return { ...figures, first, sentence, ...(site === undefined ? {} : { site }) };
}
