import type { LeakRecord, OutcomeRecord, ReportedEvidence, ReportRecord, ReportSite } from '@lifeguard/catalogue';
import { linesIn } from './lines.ts';
import { Recent } from './recent.ts';
import { readRecord, type Flaw } from './record.ts';
import { Tally } from './tally.ts';

/** Lines that count for nothing, by the reason. */
export type Skipped = Record<Flaw | 'duplicate', number>;

/** What a reader of reports may leave out. */
export interface Reading {
  /** Records of before are left out, in ms since 1970. */
  readonly sinceMs?: number;
}

/** An alarm of one checkout, of which it is not yet known how it ends. */
interface Alarm {
  readonly tally: Tally;
  readonly stage: 'suspected' | 'leaked' | 'returned';
  readonly atMs: number;
  readonly evidence: ReportedEvidence;
  readonly heldMs: number;
}

/** A record whose id is among the last so many, or twice as many, is known. */
const mostIds = 100_000;
/** Of so many checkouts, or twice as many, a return after the alarm withdraws it. */
const mostAlarms = 50_000;
/** So many sites are told apart. */
const mostSites = 10_000;

/** What any number of report files say together, in constant space: one tally for each site. */
export class Production {
  readonly #tallies = new Map<string, Tally>();
  readonly #ids = new Recent<true>(mostIds);
  readonly #alarms = new Recent<Alarm>(mostAlarms, settle);
  readonly #sinceMs: number;
  readonly skipped: Skipped = { broken: 0, 'unknown-version': 0, 'unknown-type': 0, duplicate: 0 };
  /** Files that could not be read to their end, and why. */
  readonly unreadable: { readonly file: string; readonly cause: string }[] = [];
  /** Records that counted, and records of sites beyond those that are told apart. */
  records = 0;
  unlisted = 0;
  /** Whether any record counts checkouts: without, nothing is known of sites that never leak. */
  countsCheckouts = false;

  constructor({ sinceMs = -Infinity }: Reading = {}) {
    this.#sinceMs = sinceMs;
  }

  /** Reads a file; what is wrong with it is counted, never thrown. */
  read(file: string): void {
    try {
      for (const line of linesIn(file)) this.line(line);
    } catch (error) {
      this.unreadable.push({ file, cause: error instanceof Error ? error.message : String(error) });
    }
  }

  /** @param line - `undefined` for one that is too long to be a record. */
  line(line: string | undefined): void {
    if (line === undefined) this.skipped.broken += 1;
    else if (line.trim() !== '') this.#count(readRecord(line));
  }

  /** All tallies, the one of most harm first; to be asked when everything is read. */
  tallies(): readonly Tally[] {
    this.#alarms.clear();
    return [...this.#tallies.values()].sort(byHarm);
  }

  #count(record: ReportRecord | Flaw): void {
    if (typeof record === 'string') {
      this.skipped[record] += 1;
      return;
    }
    if (this.#ids.get(record.id) !== undefined) {
      this.skipped.duplicate += 1;
      return;
    }
    this.#ids.set(record.id, true);
    if (Date.parse(record.at) < this.#sinceMs) return;
    this.records += 1;
    const tally = this.#tallyOf(record.site, record.pool);
    if (tally === undefined) {
      this.unlisted += 1;
      return;
    }
    if (record.type === 'site') {
      this.countsCheckouts = true;
      tally.checkouts += record.checkouts;
      return;
    }
    tally.note(record);
    this.#file(record, tally);
  }

  #file(record: Exclude<ReportRecord, { readonly type: 'site' }>, tally: Tally): void {
    switch (record.type) {
      case 'leak-suspected':
      case 'leaked':
        this.#alarm(record, tally);
        break;
      case 'returned-late':
        this.#return(record, tally);
        break;
      case 'reclaimed':
        tally.reclaimed += 1;
        this.#hold(record);
        break;
      case 'dirty-return':
        tally.dirtyReturns += 1;
        if (record.found === 'busy') tally.busyReturns += 1;
        break;
      case 'stale-handle':
        tally.staleHandles += 1;
        if (record.ownedByAnother) tally.strangers += 1;
        break;
      case 'nested-acquire':
        tally.nestedAcquires += 1;
        break;
      case 'deadlock':
        for (const one of new Set([tally, ...record.cycle.flatMap(({ site }) => this.#tallyOf(site, record.pool) ?? [])])) {
          if (one !== tally) one.note(record);
          one.deadlocks += 1;
        }
        break;
      case 'exhausted':
        tally.waits += 1;
        break;
    }
  }

  #alarm(record: LeakRecord, tally: Tally): void {
    const key = keyOf(record);
    const before = this.#alarms.get(key);
    const isLeak = record.type === 'leaked';
    const atMs = Date.parse(record.at);
    if (before?.stage === 'returned') {
      // The file with the return was read first.
      if (before.atMs >= atMs) {
        if (isLeak) {
          this.#alarms.delete(key);
          tally.withdrawn += 1;
        }
        return;
      }
    } else if (before?.stage === 'leaked') {
      if (!isLeak && before.atMs >= atMs) return;
      // Another process, of the same number.
      settle(before);
    } else if (before !== undefined && !isLeak) {
      settle(before);
    }
    this.#alarms.set(key, { tally, stage: isLeak ? 'leaked' : 'suspected', atMs, evidence: record.evidence, heldMs: record.heldMs ?? 0 });
  }

  #return(record: OutcomeRecord, tally: Tally): void {
    const key = keyOf(record);
    const alarm = this.#alarms.get(key);
    if (alarm === undefined || alarm.stage === 'returned') {
      if (alarm !== undefined) settle(alarm);
      this.#alarms.set(key, { tally, stage: 'returned', atMs: Date.parse(record.at), evidence: record.evidence, heldMs: 0 });
      return;
    }
    this.#alarms.delete(key);
    if (alarm.stage === 'leaked') alarm.tally.withdrawn += 1;
    else alarm.tally.returnedLate += 1;
  }

  /** Until it was taken back it was held. */
  #hold(record: OutcomeRecord): void {
    const key = keyOf(record);
    const alarm = this.#alarms.get(key);
    if (alarm !== undefined) this.#alarms.set(key, { ...alarm, heldMs: Math.max(alarm.heldMs, record.heldMs ?? 0) });
  }

  #tallyOf(site: ReportSite | undefined, pool: string): Tally | undefined {
    const key = site === undefined ? `pool ${pool}` : [site.file, site.function, site.lineHash, site.line, site.column].join('\n');
    const known = this.#tallies.get(key);
    if (known !== undefined || this.#tallies.size >= mostSites) return known;
    const made = new Tally(site);
    this.#tallies.set(key, made);
    return made;
  }
}

/** Nothing more is heard of a checkout: its alarm stands as it is. */
function settle({ tally, stage, atMs, evidence, heldMs }: Alarm): void {
  if (stage === 'suspected') tally.suspected += 1;
  if (stage === 'returned') tally.returnedLate += 1;
  if (stage !== 'leaked') return;
  tally.leaks += 1;
  tally.firstLeakMs = Math.min(tally.firstLeakMs, atMs);
  tally.lastLeakMs = Math.max(tally.lastLeakMs, atMs);
  tally.longestHeldMs = Math.max(tally.longestHeldMs, heldMs);
  tally.evidence.set(evidence, (tally.evidence.get(evidence) ?? 0) + 1);
}

/** A record without a lease speaks for itself. */
function keyOf({ id, host, pid, pool, lease }: ReportRecord): string {
  return lease === undefined ? id : `${host}:${pid}:${lease}:${pool}`;
}

/** The most harm first; then the longest hold, the newest, and the order of the paths. */
export function byHarm(one: Tally, other: Tally): number {
  return (
    other.harm - one.harm ||
    other.longestHeldMs - one.longestHeldMs ||
    (other.lastMs === one.lastMs ? 0 : other.lastMs - one.lastMs) ||
    (placeOf(one) < placeOf(other) ? -1 : 1)
  );
}

function placeOf({ site }: Tally): string {
  return site === undefined ? '' : `${site.file}:${String(site.line).padStart(8, '0')}:${site.column}`;
}
