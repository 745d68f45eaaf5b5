import type { Clock } from '../clock.ts';
import type { Ledger } from '../lease/ledger.ts';
import type { Watcher } from './watcher.ts';

interface Pause {
  readonly pausedMs: number;
  readonly endedMs: number;
}

/** So many are remembered. */
const most = 20;

const ofClock = new WeakMap<Clock, Pause[]>();

/** Remembers when nothing could run in this process, from sweeps that came too late. */
export function pauses({ clock }: Ledger): Watcher {
  const known = ofClock.get(clock) ?? [];
  ofClock.set(clock, known);
  return {
    name: 'pauses',
    resumed(pausedMs, endedMs) {
      // Every pool of the process hears of the same one.
      if (known.at(-1)?.endedMs === endedMs) return;
      known.push({ pausedMs, endedMs });
      if (known.length > most) known.shift();
    },
  };
}

/** How long nothing could run since then, in ms. */
export function pausedSince(clock: Clock, sinceMs: number): number {
  return (ofClock.get(clock) ?? []).reduce((sum, { pausedMs, endedMs }) => sum + Math.max(0, Math.min(pausedMs, endedMs - sinceMs)), 0);
}
