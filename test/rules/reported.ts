import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { LeakRecord, OutcomeRecord, ReportSite, SiteRecord } from '../../packages/catalogue/src/index.ts';
import type { Fixture } from './fixture.ts';

let last = 0;

/** A record as the guard writes it, of a leak that nothing withdraws. */
export function leaked(site: ReportSite, more: Partial<LeakRecord> = {}): LeakRecord {
  last += 1;
  return {
    schemaVersion: 1, id: `here:1:1:${last}`, at: '2026-11-02T08:30:00.000Z', host: 'here', pid: 1, pool: 'orders', lease: last,
    site, heldMs: 43_000, type: 'leaked', evidence: 'idle', occurrences: 1, ...more,
  };
}

/** The record of the same checkout coming back. */
export function returned(before: LeakRecord, more: Partial<OutcomeRecord> = {}): OutcomeRecord {
  last += 1;
  return { ...without('occurrences', before), id: `here:1:1:${last}`, at: '2026-11-02T08:31:00.000Z', type: 'returned-late', ...more };
}

/** The record of how often a site was passed. */
export function passed(site: ReportSite, checkouts: number): SiteRecord {
  last += 1;
  return { schemaVersion: 1, id: `here:1:1:${last}`, at: '2026-11-02T08:30:00.000Z', host: 'here', pid: 1, pool: 'orders', type: 'site', site, checkouts };
}

/** Where a line of a file acquires, as a stack would show it: at the name of the method before the last `(`. */
export function siteIn(file: string, text: string, line: number, inside?: string): ReportSite {
  const code = text.split('\n')[line - 1] ?? '';
  const bare = code.replace(/ *\/\/ ✗.*$/u, '');
  const name = /\.(?<name>connect|checkout|getConnection|borrow|startTransaction|acquire)\(/u.exec(bare);
  return {
    file,
    line,
    column: (name?.index ?? 0) + 2,
    ...(inside === undefined ? {} : { function: inside }),
    lineHash: hashOf(code),
  };
}

/** What a record knows a line by. */
export function hashOf(line: string): string {
  return createHash('sha256').update(line.trim()).digest('hex').slice(0, 16);
}

/** A report that tells of a leak at each marked line of the programs of `runtime-leak`. */
export function writeReportOf(programs: readonly Fixture[], fileOf: (program: Fixture) => string, path: string): void {
  const records = programs
    .filter(({ folder }) => folder === 'runtime-leak')
    .flatMap((program) => program.expected.map((mark) => leaked(siteIn(fileOf(program), program.text, Number(mark.split('@')[1])))));
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

/** The same without a field that may be absent. */
export function without<T extends object, K extends keyof T>(key: K, from: T): Omit<T, K> {
  const rest: Partial<T> = { ...from };
  Reflect.deleteProperty(rest, key);
  return rest as Omit<T, K>;
}
