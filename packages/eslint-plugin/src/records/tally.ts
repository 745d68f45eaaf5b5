import type { ReportedEvidence, ReportRecord, ReportSite } from '@lifeguard/catalogue';

/** What the reports say of one site, or of all checkouts of a pool whose site is not known. */
export class Tally {
  /** Absent where stacks were off. */
  readonly site: ReportSite | undefined;
  /** Leaks that stand: they were not withdrawn. */
  leaks = 0;
  /** Leaks that came back after all. */
  withdrawn = 0;
  /** Suspicions of which no more is known. */
  suspected = 0;
  /** Suspicions that came back before they were taken for leaks. */
  returnedLate = 0;
  reclaimed = 0;
  dirtyReturns = 0;
  /** Of the dirty returns, those while something was still running. */
  busyReturns = 0;
  staleHandles = 0;
  /** Of the stale handles, those of a connection that was somebody else's by then. */
  strangers = 0;
  nestedAcquires = 0;
  deadlocks = 0;
  /** Acquires that found the pool exhausted. */
  waits = 0;
  /** Checkouts that ended, as far as they were counted. */
  checkouts = 0;
  /** When the first and the last leak that stands was told, in ms since 1970. */
  firstLeakMs = Infinity;
  lastLeakMs = -Infinity;
  /** When anything but a checkout was told first and last. */
  firstMs = Infinity;
  lastMs = -Infinity;
  /** The longest that a leaked connection was held, as far as it was seen. */
  longestHeldMs = 0;
  /** The shape of the last statement, of the newest record that has one. */
  fingerprint: string | undefined;
  readonly evidence = new Map<ReportedEvidence, number>();
  readonly pools = new Counts(10);
  readonly scopes = new Counts(10);
  readonly hosts = new Counts(30);
  readonly processes = new Counts(30);

  constructor(site: ReportSite | undefined) {
    this.site = site;
  }

  /** Notes what every record but a count of checkouts tells. */
  note({ at, pool, scope, fingerprint, host, pid }: ReportRecord): void {
    const atMs = Date.parse(at);
    this.firstMs = Math.min(this.firstMs, atMs);
    if (atMs >= this.lastMs) this.fingerprint = fingerprint ?? this.fingerprint;
    this.lastMs = Math.max(this.lastMs, atMs);
    this.pools.add(pool);
    if (scope !== undefined) this.scopes.add(scope);
    this.hosts.add(host);
    this.processes.add(`${host}:${pid}`);
  }

  /** Takes over what another tally says: the same line, at another time. */
  add(other: Tally): void {
    for (const count of counts) this[count] += other[count];
    if (other.lastMs > this.lastMs) this.fingerprint = other.fingerprint ?? this.fingerprint;
    this.firstLeakMs = Math.min(this.firstLeakMs, other.firstLeakMs);
    this.lastLeakMs = Math.max(this.lastLeakMs, other.lastLeakMs);
    this.firstMs = Math.min(this.firstMs, other.firstMs);
    this.lastMs = Math.max(this.lastMs, other.lastMs);
    this.longestHeldMs = Math.max(this.longestHeldMs, other.longestHeldMs);
    for (const [evidence, count] of other.evidence) this.evidence.set(evidence, (this.evidence.get(evidence) ?? 0) + count);
    this.pools.addAll(other.pools);
    this.scopes.addAll(other.scopes);
    this.hosts.addAll(other.hosts);
    this.processes.addAll(other.processes);
  }

  /**
   * How much harm the site has done, to put the worst first: a connection that is lost and a deadlock
   * weigh 10, the use of a connection that is somebody else's 5, a dirty return 2, and 1 what came back
   * late, what is only suspected, another late use, a nested acquire, and a wait at an exhausted pool.
   */
  get harm(): number {
    const { leaks, deadlocks, strangers, dirtyReturns, withdrawn, suspected, returnedLate, staleHandles, nestedAcquires, waits } = this;
    const small = withdrawn + suspected + returnedLate + (staleHandles - strangers) + nestedAcquires + waits;
    return 10 * (leaks + deadlocks) + 5 * strangers + 2 * dirtyReturns + small;
  }
}

const counts = [
  'leaks', 'withdrawn', 'suspected', 'returnedLate', 'reclaimed', 'dirtyReturns', 'busyReturns', 'staleHandles', 'strangers',
  'nestedAcquires', 'deadlocks', 'waits', 'checkouts',
] as const;

/** How often each of a few names was seen, in constant space. */
export class Counts {
  readonly #counts = new Map<string, number>();
  readonly #most: number;
  /** How often a name was seen that is not told apart. */
  others = 0;

  /** @param most - So many names are told apart, those that come first. */
  constructor(most: number) {
    this.#most = most;
  }

  add(name: string, count = 1): void {
    const before = this.#counts.get(name);
    if (before === undefined && this.#counts.size >= this.#most) this.others += count;
    else this.#counts.set(name, (before ?? 0) + count);
  }

  addAll(other: Counts): void {
    for (const [name, count] of other.#counts) this.add(name, count);
    this.others += other.others;
  }

  /** How many names, at least. */
  get size(): number {
    return this.#counts.size;
  }

  /** The names, the most frequent first. */
  names(): readonly string[] {
    return [...this.#counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
  }
}
