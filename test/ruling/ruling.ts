import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the linter says of one place. */
export interface Reported {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** What a person who read the source says of it. */
export interface Judged extends Reported {
  readonly verdict: 'true' | 'false' | 'open';
  readonly reason: string;
}

/** A leak that a person found in the source and the linter does not see. */
export interface Missed {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** All that is known of one version of a package. */
export interface Ruling {
  readonly version: string;
  readonly findings: readonly Judged[];
  readonly missed: readonly Missed[];
}

/** The recorded ruling on a package. */
export function readRuling(name: string): Ruling {
  const target = fileOf(name);
  if (!existsSync(target)) return { version: '', findings: [], missed: [] };
  return JSON.parse(readFileSync(target, 'utf8')) as Ruling;
}

/** Records what is reported now; a verdict stays with its rule and line. */
export function writeRuling(name: string, version: string, reported: readonly Reported[]): void {
  const { findings, missed } = readRuling(name);
  const judged = reported.map((one): Judged => {
    const old = findings.find((other) => placeOf(other) === placeOf(one));
    return { ...one, verdict: old?.verdict ?? 'open', reason: old?.reason ?? '' };
  });
  const ruling: Ruling = { version, findings: judged, missed };
  writeFileSync(fileOf(name), `${JSON.stringify(ruling, null, 2)}\n`);
}

/** Where a finding or a missed leak is. */
export function lineOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${String(line)}`;
}

function placeOf(one: Reported): string {
  return `${lineOf(one)} ${one.rule}`;
}

function fileOf(name: string): string {
  const file = `findings/${name.replace('@', '').replace('/', '__')}.json`;
  return fileURLToPath(new URL(file, import.meta.url));
}
