import { shownPath } from '../../format/shown-path.ts';
import type { PlacedSite } from '../../reported/place.ts';
import type { ProductionReport } from '../report.ts';

/** For programs: one object, with the paths from the working directory. */
export function json(report: ProductionReport): string {
  const { cwd, records, files, skipped, unlisted, problems, notices } = report;
  const sites = report.sites.map((site) => entryOf(site, cwd));
  return `${JSON.stringify({ version: 1, sites, records, files, skipped, unlisted, problems, notices }, null, 2)}\n`;
}

function entryOf({ tally, file, place, state }: PlacedSite, cwd: string) {
  const { site, leaks, withdrawn, suspected, returnedLate, reclaimed, dirtyReturns, staleHandles, nestedAcquires, deadlocks, waits } = tally;
  const { harm, checkouts, longestHeldMs, fingerprint } = tally;
  return {
    file: file === undefined ? null : shownPath(file, cwd),
    ...(site?.function === undefined ? {} : { function: site.function }),
    ...(site?.library === undefined ? {} : { library: site.library }),
    state,
    /** Where it stood when it was reported. */
    reported: site === undefined ? null : { line: site.line, column: site.column },
    now: place ?? null,
    harm, leaks, withdrawn, suspected, returnedLate, reclaimed, dirtyReturns, staleHandles, nestedAcquires, deadlocks, waits, checkouts,
    leakedSince: leaks === 0 ? null : new Date(tally.firstLeakMs).toISOString(),
    lastLeakAt: leaks === 0 ? null : new Date(tally.lastLeakMs).toISOString(),
    longestHeldMs,
    evidence: Object.fromEntries(tally.evidence),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    pools: tally.pools.names(),
    scopes: tally.scopes.names(),
    hosts: tally.hosts.size,
    processes: tally.processes.size,
  };
}
