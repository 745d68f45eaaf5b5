import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReportRecord, ReportSite } from '../../packages/catalogue/src/index.ts';
import { reportFilesOf } from '../../packages/eslint-plugin/src/records/files.ts';
import { linesIn } from '../../packages/eslint-plugin/src/records/lines.ts';
import { Production } from '../../packages/eslint-plugin/src/records/production.ts';
import type { Tally } from '../../packages/eslint-plugin/src/records/tally.ts';
import { leaked, passed, returned, without } from '../rules/reported.ts';

const folder = mkdtempSync(join(tmpdir(), 'lifeguard-records-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const site: ReportSite = { file: 'src/orders.ts', line: 5, column: 29, function: 'find', lineHash: 'abcdefabcdefabcd' };
const elsewhere: ReportSite = { ...site, line: 12, function: 'list' };

function readAll(records: readonly (ReportRecord | string)[], sinceMs = -Infinity): Production {
  const production = new Production({ sinceMs });
  for (const record of records) production.line(typeof record === 'string' ? record : JSON.stringify(record));
  return production;
}

function tallyOf(records: readonly (ReportRecord | string)[]): Tally | undefined {
  return readAll(records).tallies().find((one) => one.site?.line === site.line);
}

describe('what reports say together', () => {
  it('is grouped by site, over processes and hosts, the most harmful first', () => {
    const records = [
      leaked(elsewhere, { heldMs: 90_000 }),
      leaked(site, { at: '2026-11-03T00:00:00.000Z', heldMs: 12_000, scope: 'GET /orders' }),
      leaked(site, { at: '2026-11-02T00:00:00.000Z', host: 'there', heldMs: 43_000, evidence: 'held', scope: 'job' }),
      passed(site, 20),
      passed(site, 22),
    ];
    const [worst, other] = readAll(records).tallies();
    expect(worst).toMatchObject({ site, leaks: 2, checkouts: 42, longestHeldMs: 43_000, firstLeakMs: Date.UTC(2026, 10, 2), lastLeakMs: Date.UTC(2026, 10, 3) });
    expect(worst?.hosts.names()).toEqual(['here', 'there']);
    expect(worst?.scopes.names()).toEqual(['GET /orders', 'job']);
    expect(worst?.evidence).toEqual(new Map([['idle', 1], ['held', 1]]));
    expect(other).toMatchObject({ site: elsewhere, leaks: 1 });
  });

  it('counts a suspicion that becomes a leak, and is reclaimed, as one leak', () => {
    const leak = leaked(site);
    const suspicion = { ...leak, id: 'a', type: 'leak-suspected' as const, at: '2026-11-02T08:29:00.000Z' };
    const reclaimed = { ...returned(leak), type: 'reclaimed' as const, heldMs: 50_000 };
    for (const records of [[suspicion, leak, reclaimed], [leak, suspicion, reclaimed]]) {
      expect(tallyOf(records)).toMatchObject({ leaks: 1, suspected: 0, reclaimed: 1, longestHeldMs: 50_000 });
    }
    expect(tallyOf([suspicion])).toMatchObject({ leaks: 0, suspected: 1 });
  });

  it('takes back a leak that came back, whichever file is read first', () => {
    const [leak, stays] = [leaked(site, { heldMs: 99_000 }), leaked(site)];
    for (const records of [[leak, returned(leak), stays], [stays, returned(leak), leak]]) {
      expect(tallyOf(records)).toMatchObject({ leaks: 1, withdrawn: 1, returnedLate: 0, longestHeldMs: 43_000 });
    }
    const suspicion = { ...leak, type: 'leak-suspected' as const };
    expect(tallyOf([suspicion, returned(leak)])).toMatchObject({ leaks: 0, withdrawn: 0, returnedLate: 1, suspected: 0 });
    expect(tallyOf([returned(leak)])).toMatchObject({ leaks: 0, returnedLate: 1 });
  });

  it('tells apart checkouts of processes that had the same number one after the other', () => {
    const first = leaked(site, { lease: 1 });
    const second = { ...first, id: 'second', at: '2026-11-04T00:00:00.000Z' };
    expect(tallyOf([first, second, returned(second, { at: '2026-11-04T01:00:00.000Z' })])).toMatchObject({ leaks: 1, withdrawn: 1 });
  });

  it('counts a record that was written twice once', () => {
    const leak = leaked(site);
    const production = readAll([leak, leaked(elsewhere), leak]);
    expect(production.tallies().map(({ leaks }) => leaks)).toEqual([1, 1]);
    expect(production.skipped).toEqual({ broken: 0, 'unknown-version': 0, 'unknown-type': 0, duplicate: 1 });
  });

  it('weighs what else happens at a site', () => {
    const base = { ...leaked(site), callSite: elsewhere };
    const rest: readonly ReportRecord[] = [
      { ...base, id: '1', type: 'dirty-return', found: 'busy', action: 'drained' },
      { ...base, id: '2', type: 'stale-handle', call: 'query', ownedByAnother: true },
      { ...base, id: '3', type: 'stale-handle', call: 'query', ownedByAnother: false },
      { ...base, id: '4', type: 'nested-acquire', outer: 1 },
      { ...base, id: '5', type: 'exhausted', waiting: 3, cause: 'leak' },
      { ...base, id: '6', type: 'deadlock', cycle: [{ lease: 1, scope: 'a', site }, { lease: 2, scope: 'b', site: elsewhere }] },
    ];
    const tally = tallyOf(rest);
    expect(tally).toMatchObject({ dirtyReturns: 1, busyReturns: 1, staleHandles: 2, strangers: 1, nestedAcquires: 1, waits: 1, deadlocks: 1, leaks: 0 });
    expect(tally?.harm).toBe(2 + 5 + 1 + 1 + 1 + 10);
    expect(readAll(rest).tallies().map(({ deadlocks }) => deadlocks)).toEqual([1, 1]);
    expect(readAll(rest).tallies().map(({ firstMs }) => firstMs)).toEqual([Date.parse(base.at), Date.parse(base.at)]);
  });

  it('keeps what has no site by the name of its pool', () => {
    const bare = without('site', leaked(site));
    expect(readAll([bare, { ...bare, id: 'x', lease: 99 }]).tallies()).toMatchObject([{ site: undefined, leaks: 2 }]);
  });

  it('leaves out what was before a moment', () => {
    const records = [leaked(site, { at: '2026-11-01T00:00:00.000Z' }), leaked(site, { at: '2026-11-03T00:00:00.000Z' })];
    expect(readAll(records, Date.UTC(2026, 10, 2)).tallies()).toMatchObject([{ leaks: 1 }]);
  });

  it.each<[string, string, string]>([
    ['half a line', JSON.stringify(leaked(site)).slice(0, 80), 'broken'],
    ['no object', '[1]', 'broken'],
    ['no version', '{"type":"leaked"}', 'broken'],
    ['a later version', JSON.stringify({ ...leaked(site), schemaVersion: 2 }), 'unknown-version'],
    ['an unknown type', JSON.stringify({ ...leaked(site), type: 'evaporated' }), 'unknown-type'],
    ['the name of something every object has', JSON.stringify({ ...leaked(site), type: 'constructor' }), 'unknown-type'],
    ['no date', JSON.stringify({ ...leaked(site), at: 'yesterday' }), 'broken'],
    ['a line that is none', JSON.stringify(leaked({ ...site, line: 0 })), 'broken'],
    ['a file that is none', JSON.stringify(leaked({ ...site, file: 7 as never })), 'broken'],
    ['a cycle that is none', JSON.stringify({ ...leaked(site), type: 'deadlock', cycle: 'a' }), 'broken'],
    ['a negative count', JSON.stringify(passed(site, -1)), 'broken'],
  ])('counts and skips %s', (_what, line, flaw) => {
    const production = readAll([line, leaked(site), '', '  ']);
    expect(production.skipped[flaw as keyof typeof production.skipped]).toBe(1);
    expect(production.records).toBe(1);
    expect(production.tallies()).toMatchObject([{ leaks: 1 }]);
  });
});

describe('a report file', () => {
  it.each(['plain.jsonl', 'packed.jsonl.gz'])('is read by lines, however long, half written and packed: %s', (name) => {
    const path = join(folder, name);
    const text = `${'é'.repeat(200_000)}\r\n\n${'x'.repeat(3_000_000)}\nnext\n{"half`;
    writeFileSync(path, name.endsWith('.gz') ? gzipSync(text).subarray(0, -8) : text);
    expect([...linesIn(path)].map((line) => line?.length)).toEqual([200_001, 0, undefined, 4, 6]);
  });

  it('that cannot be read is told, and harms nothing', () => {
    writeFileSync(join(folder, 'no.jsonl.gz'), 'not packed');
    const production = new Production();
    for (const name of ['no.jsonl.gz', 'missing.jsonl', '.']) production.read(join(folder, name));
    expect(production.unreadable.map(({ cause }) => cause)).toEqual([
      expect.stringContaining('incorrect header'), expect.stringContaining('ENOENT'), expect.stringContaining('EISDIR'),
    ]);
  });
});

describe('the files that patterns lead to', () => {
  const root = join(folder, 'find');
  beforeEach(() => {
    for (const name of ['a.jsonl', 'web/b.jsonl', 'web/b-2026.jsonl', 'web/c.jsonl.gz', 'web/notes.txt', 'node_modules/d.jsonl', '.git/e.jsonl', 'odd[1].jsonl']) {
      mkdirSync(join(root, name, '..'), { recursive: true });
      writeFileSync(join(root, name), '');
    }
  });

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['a file, whatever its name', ['web/notes.txt'], ['web/notes.txt'], []],
    ['a file whose name looks like a glob', ['odd[1].jsonl'], ['odd[1].jsonl'], []],
    ['a folder, the older of rotated files first', ['.'], ['a.jsonl', 'odd[1].jsonl', 'web/b-2026.jsonl', 'web/b.jsonl', 'web/c.jsonl.gz'], []],
    ['a glob', ['*.jsonl'], ['a.jsonl', 'odd[1].jsonl'], []],
    ['a glob over folders', ['**/b*.jsonl'], ['web/b-2026.jsonl', 'web/b.jsonl'], []],
    ['a choice', ['{a,web/b}.jsonl'], ['a.jsonl', 'web/b.jsonl'], []],
    ['one sign', ['?.jsonl'], ['a.jsonl'], []],
    ['each once', ['a.jsonl', './a.jsonl', '*.jsonl'], ['a.jsonl', 'odd[1].jsonl'], []],
    ['nothing', ['b.jsonl', 'x/*.jsonl'], [], ['b.jsonl', 'x/*.jsonl']],
  ])('are %s', (_what, patterns, expected, missing) => {
    const found = reportFilesOf(patterns, root);
    expect(found.files.map((file) => relative(root, file).replaceAll('\\', '/'))).toEqual(expected);
    expect(found.missing).toEqual(missing);
  });
});
