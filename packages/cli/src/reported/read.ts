import path from 'node:path';
import { Production, reportFilesOf, type Skipped } from '@lifeguard/eslint-plugin/records';
import { count } from '../count.ts';
import { problem, type Problem } from '../problem.ts';
import { type PlacedSite, placeSites } from './place.ts';

/** What report files say, and what of them could not be read. */
export interface Reported {
  readonly sites: readonly PlacedSite[];
  /** How many files were read, and how many of their records counted. */
  readonly files: number;
  readonly records: number;
  readonly skipped: Skipped;
  /** Records of sites beyond those that are told apart. */
  readonly unlisted: number;
  readonly countsCheckouts: boolean;
  readonly problems: readonly Problem[];
}

/** Reads report files in constant memory, and finds their sites in the sources. */
export function readReports(patterns: readonly string[], cwd: string, sinceMs = -Infinity): Reported {
  const { files, missing } = reportFilesOf(patterns, cwd);
  const production = new Production({ sinceMs });
  for (const file of files) production.read(file);
  const { records, skipped, unlisted, countsCheckouts, unreadable } = production;
  return {
    sites: placeSites(production.tallies(), cwd),
    files: files.length,
    records,
    skipped,
    unlisted,
    countsCheckouts,
    problems: [
      ...skippedLines(skipped),
      ...(unlisted === 0 ? [] : [problem('LIFEGUARD_SITES_LEFT_OUT', count(unlisted, 'record'))]),
      ...missing.map((pattern) => problem('LIFEGUARD_REPORT_NOT_FOUND', shown(pattern, cwd))),
      ...unreadable.map(({ file, cause }) => problem('LIFEGUARD_REPORT_UNREADABLE', shown(file, cwd), cause)),
    ],
  };
}

function shown(file: string, cwd: string): string {
  return path.isAbsolute(file) ? path.relative(cwd, file) : file;
}

const flaws: readonly (readonly [keyof Skipped, string])[] = [
  ['broken', 'broken or half written'],
  ['unknown-version', 'of a version that is not known'],
  ['unknown-type', 'of a type that is not known'],
  ['duplicate', 'written twice'],
];

function skippedLines(skipped: Skipped): readonly Problem[] {
  const kinds = flaws.flatMap(([flaw, words]) => (skipped[flaw] === 0 ? [] : [`${skipped[flaw].toLocaleString('en-US')} ${words}`]));
  return kinds.length === 0 ? [] : [problem('LIFEGUARD_LINES_SKIPPED', kinds.join(', '))];
}
