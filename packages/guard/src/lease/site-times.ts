import { Histogram, type Distribution } from './histogram.ts';
import type { Lease } from './lease.ts';
import { siteOf, type CallSite } from './site.ts';
import type { Stack } from './stack.ts';

/** How long one call site waited for connections and held them, as far as its checkouts were captured in full. */
export interface SiteTimes {
  readonly site: CallSite;
  readonly wait: Distribution;
  readonly hold: Distribution;
}

interface Sample {
  readonly stack: Stack;
  readonly waitMs: number;
  readonly holdMs: number;
}

/** How many samples wait to be read, and how many sites are told apart; what is more is left out. */
const mostSamples = 1000;
const mostSites = 500;

/** Times by call site. A stack is expensive to read, so that samples wait until somebody has the time or asks. */
export class SitesTimes {
  readonly #samples: Sample[] = [];
  readonly #sites = new Map<string, { readonly site: CallSite; readonly wait: Histogram; readonly hold: Histogram }>();

  /** Notes a lease that has ended. */
  note({ acquiredAt, askedMs, heldMs, endedMs }: Lease): void {
    if (acquiredAt?.isFull !== true || this.#samples.length >= mostSamples) return;
    this.#samples.push({ stack: acquiredAt, waitMs: heldMs - askedMs, holdMs: endedMs - heldMs });
  }

  /** Reads so many of the waiting samples. */
  digest(most = Infinity): void {
    for (const { stack, waitMs, holdMs } of this.#samples.splice(0, most)) {
      const site = siteOf(stack);
      if (site === undefined) continue;
      const key = `${site.file}:${site.line}:${site.column}`;
      let times = this.#sites.get(key);
      if (times === undefined && this.#sites.size < mostSites) {
        times = { site, wait: new Histogram(), hold: new Histogram() };
        this.#sites.set(key, times);
      }
      times?.wait.record(waitMs);
      times?.hold.record(holdMs);
    }
  }

  /** All sites, the one that held longest in sum first. */
  read(): readonly SiteTimes[] {
    this.digest();
    return [...this.#sites.values()]
      .map(({ site, wait, hold }) => ({ site, wait: wait.read(), hold: hold.read() }))
      .sort((one, other) => other.hold.count * other.hold.meanMs - one.hold.count * one.hold.meanMs);
  }
}
