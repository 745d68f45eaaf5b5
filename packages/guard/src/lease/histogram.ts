/** What a histogram tells; times in ms, quantiles at most 19 % too high. */
export interface Distribution {
  readonly count: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Four buckets to each doubling of the time. */
const perDoubling = 4;
/** The first bucket ends at 2⁻⁷ ms, the last begins at about six days. */
const lowest = -7 * perDoubling;
const buckets = 36 * perDoubling;

const shortestMs = 2 ** (lowest / perDoubling);

/** Counts times in buckets that grow with the time, in constant space. */
export class Histogram {
  readonly #counts = new Uint32Array(buckets);
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;

  record(ms: number): void {
    const index = ms <= shortestMs ? 0 : Math.ceil(Math.log2(ms) * perDoubling) - lowest;
    const bucket = Math.max(0, Math.min(buckets - 1, index));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sumMs += ms;
    if (ms > this.#maxMs) this.#maxMs = ms;
  }

  read(): Distribution {
    const [count, maxMs] = [this.#count, this.#maxMs];
    const quantile = (share: number): number => Math.min(maxMs, this.#quantile(share));
    return {
      count,
      meanMs: count === 0 ? 0 : this.#sumMs / count,
      p50Ms: quantile(0.5),
      p95Ms: quantile(0.95),
      p99Ms: quantile(0.99),
      maxMs,
    };
  }

  /** The upper end of the bucket in which this share of all times is reached. */
  #quantile(share: number): number {
    let left = Math.ceil(this.#count * share);
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return this.#count === 0 ? 0 : 2 ** ((bucket + lowest) / perDoubling);
    }
    return this.#maxMs;
  }
}
