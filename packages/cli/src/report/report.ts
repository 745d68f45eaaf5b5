import path from 'node:path';
import type { Problem } from '../problem.ts';
import { readReports, type Reported } from '../reported/read.ts';

/** What to report of, and how. */
export interface ReportOptions {
  /** Reports of the guard: files, folders and globs. */
  readonly paths: readonly string[];
  /** Where relative paths start, those in the reports too. @default process.cwd() */
  readonly cwd?: string;
  /** Only what happened from then on, in ms since 1970. */
  readonly sinceMs?: number;
}

/** What a report says, and where its printed paths start. */
export interface ProductionReport extends Omit<Reported, 'problems'> {
  readonly cwd: string;
  /** What kept a report from being read: the run ends with exit code 2. */
  readonly problems: readonly Problem[];
  /** What a person should know but need not act on. */
  readonly notices: readonly Problem[];
}

const notices = new Set<Problem['code']>(['LIFEGUARD_LINES_SKIPPED', 'LIFEGUARD_SITES_LEFT_OUT']);

/**
 * Merges the reports of any number of processes and hosts, by site, the one of most harm first.
 *
 * Sites that only gave back what they acquired are counted and not listed.
 */
export function report(options: ReportOptions): ProductionReport {
  const cwd = path.resolve(options.cwd ?? process.cwd());
  const { problems, ...reported } = readReports(options.paths, cwd, options.sinceMs);
  return {
    ...reported,
    cwd,
    sites: reported.sites.filter(({ tally }) => tally.harm > 0),
    problems: problems.filter(({ code }) => !notices.has(code)),
    notices: problems.filter(({ code }) => notices.has(code)),
  };
}
