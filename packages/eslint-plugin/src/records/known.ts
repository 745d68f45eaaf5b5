import { statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { reportFilesOf } from './files.ts';
import { Production } from './production.ts';
import type { Tally } from './tally.ts';

/** What is known of leaks in production, by the path of the file from the working directory. */
export type KnownLeaks = ReadonlyMap<string, readonly Tally[]>;

interface Known {
  readonly stamp: string;
  readonly leaks: KnownLeaks;
  lookedMs: number;
  round: number;
}

/** Whether a report has changed is asked again after this time: linting is many files in a row. */
const staleMs = 1000;
const byPatterns = new Map<string, Known>();

/** Counts in the process who began to lint, whatever copy of this module he has. */
const round = Symbol.for('@lifeguard/eslint-plugin.round');

/** Asks the disk anew from here on: whoever begins to lint wants the reports of now. */
export function lookAgain(): void {
  Reflect.set(globalThis, round, roundNow() + 1);
}

function roundNow(): number {
  return Number(Reflect.get(globalThis, round) ?? 0);
}

/** The leaks that report files tell of, read once for each state of these files. */
export function knownLeaks(patterns: readonly string[], cwd: string): KnownLeaks {
  const key = [cwd, ...patterns].join('\n');
  const known = byPatterns.get(key);
  const nowMs = performance.now();
  if (known !== undefined && known.round === roundNow() && nowMs - known.lookedMs < staleMs) return known.leaks;
  const { files } = reportFilesOf(patterns, cwd);
  const stamp = files.map(stampOf).join('\n');
  if (known?.stamp === stamp) {
    known.lookedMs = nowMs;
    known.round = roundNow();
    return known.leaks;
  }
  const leaks = read(files);
  byPatterns.set(key, { stamp, leaks, lookedMs: nowMs, round: roundNow() });
  return leaks;
}

function stampOf(file: string): string {
  try {
    const { mtimeMs, size } = statSync(file);
    return `${file}:${mtimeMs}:${size}`;
  } catch {
    return file;
  }
}

function read(files: readonly string[]): KnownLeaks {
  const production = new Production();
  for (const file of files) production.read(file);
  const leaks = new Map<string, Tally[]>();
  for (const tally of production.tallies()) {
    if (tally.site === undefined || tally.leaks === 0) continue;
    const ofFile = leaks.get(tally.site.file);
    if (ofFile === undefined) leaks.set(tally.site.file, [tally]);
    else ofFile.push(tally);
  }
  return leaks;
}
