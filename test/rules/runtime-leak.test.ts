import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ReportRecord } from '../../packages/catalogue/src/index.ts';
import plugin from '../../packages/eslint-plugin/src/index.ts';
import { hashOf, leaked, passed, returned, siteIn, without } from './reported.ts';

const folder = mkdtempSync(join(tmpdir(), 'lifeguard-runtime-leak-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function report(...records: readonly ReportRecord[]): string {
  const path = join(folder, `${(files += 1)}.jsonl`);
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return path;
}

function lint(code: string, reports?: unknown): readonly string[] {
  const config = {
    plugins: { lifeguard: plugin },
    rules: { 'lifeguard/runtime-leak': 'error' },
    files: ['**/*.ts'],
    languageOptions: { parser: typescriptParser },
    settings: reports === undefined ? {} : { lifeguard: { reports } },
  } as const;
  const messages = new Linter({ cwd: folder }).verify(code, config as never, { filename: join(folder, 'src/orders.ts') });
  return messages.map(({ line, message }) => `${line}: ${message}`);
}

const code = `export async function load(pool: Pool) {
  const client = await pool.connect();
  return use(client);
}
`;
const site = siteIn('src/orders.ts', code, 2, 'load');

describe('runtime-leak', () => {
  it('tells how often, since when and how long, although nothing proves that it is a pool', () => {
    const records = [
      leaked(site, { at: '2026-11-05T23:59:59.000Z', heldMs: 12_000 }),
      leaked(site, { at: '2026-11-02T08:30:00.000Z', heldMs: 43_210 }),
      leaked(site, { at: '2026-11-09T08:30:00.000Z', host: 'there', heldMs: 40_000 }),
    ];
    expect(lint(code, report(...records))).toEqual(['2: `client` leaked 3 times in production since 2026-11-02, held up to 43 s.']);
    expect(lint(code, report(without('heldMs', leaked(site))))).toEqual(['2: `client` leaked once in production since 2026-11-02.']);
  });

  it('does nothing without reports, for sites that do not leak, and for other files', () => {
    expect(lint(code)).toEqual([]);
    expect(lint(code, [])).toEqual([]);
    expect(lint(code, report(passed(site, 20), { ...leaked(site), type: 'leak-suspected' }))).toEqual([]);
    expect(lint(code, report(leaked({ ...site, file: 'src/other.ts' }), leaked({ ...site, file: 'other/src/orders.ts' })))).toEqual([]);
    expect(lint(code, 'not-there-yet.jsonl')).toEqual([]);
  });

  it('leaves out a leak that came back', () => {
    const [one, other] = [leaked(site), leaked(site)];
    expect(lint(code, report(one, returned(one)))).toEqual([]);
    expect(lint(code, report(one, other, returned(one)))).toEqual([expect.stringContaining('leaked once')]);
  });

  it('reads many files: a path, a glob, a list, from the working directory', () => {
    writeFileSync(join(folder, 'a.ndjson'), `${JSON.stringify(leaked(site))}\n`);
    writeFileSync(join(folder, 'b.ndjson'), `half a li\n${JSON.stringify(leaked(site))}\n`);
    for (const [reports, count] of [['a.ndjson', 'once'], ['*.ndjson', '2 times'], [['a.ndjson', 'b.ndjson'], '2 times'], ['**/{a,c}.ndjson', 'once']] as const) {
      expect(lint(code, reports)).toEqual([expect.stringContaining(`leaked ${count} `)]);
    }
  });

  it.each<[string, string, number]>([
    ['below new lines', `// new\n\n${code}`, 4],
    ['behind other indentation', code.replace('  const', '\t\tconst'), 2],
    ['in the same function, deeper', code.replace('  const', '  // new\n  if (pool) {\n    const').replace('  return', '  }\n  return'), 4],
    ['in a method of that name', `class Orders {\n  async load(pool: Pool) {\n${code.split('\n').slice(1, 3).join('\n')}\n  }\n}\n`, 3],
    ['in a function that is assigned', `const load = async (pool: Pool) => {\n  // new\n${code.split('\n').slice(1, 3).join('\n')}\n};\n`, 3],
    ['where the function has another name but the line stayed', code.replace('load', 'find'), 2],
    ['in its function, although an equal line stands where it was', `${code.replace('load', 'find')}${code}`, 6],
    ['nearest to where it was', `${code.replace('load', 'find')}${code}${code}`, 6],
  ])('finds the line again %s', (_where, moved, line) => {
    expect(lint(moved, report(leaked({ ...site, line: moved.length > 300 ? 7 : 2 }))).map((one) => Number(one.split(':')[0]))).toEqual([line]);
  });

  it.each<[string, string]>([
    ['its text changed', code.replace('pool.connect()', 'pool.connect({})')],
    ['it moved into another function', `// new\n${code.replace('load', 'find')}`],
    ['it went', 'export const load = 1;\n'],
  ])('is silent where %s', (_why, changed) => {
    expect(lint(changed, report(leaked(site)))).toEqual([]);
  });

  it('tells apart what stands on one line, also with a column that is not quite there', () => {
    const line = '  const [one, two] = await Promise.all([pool.connect(), other.connect()]);';
    const both = `export async function load(pool: Pool, other: Pool) {\n${line}\n}\n`;
    const at = (column: number) => ({ file: 'src/orders.ts', line: 2, column: column + 1, function: 'load', lineHash: hashOf(line) });
    expect(lint(both, report(leaked(at(line.indexOf('connect')))))).toEqual([expect.stringContaining('`pool.connect()`')]);
    expect(lint(both, report(leaked(at(line.indexOf('other.connect')))))).toEqual([expect.stringContaining('`other.connect()`')]);
    expect(lint(both, report(leaked(at(line.lastIndexOf('connect'))), leaked(at(line.lastIndexOf('connect')))))).toEqual([
      expect.stringContaining('`other.connect()` leaked 2 times'),
    ]);
  });

  it('adds up what was told of a line at different places', () => {
    const moved = `// new\n${code}`;
    expect(lint(moved, report(leaked(site), leaked({ ...site, line: 3 }), leaked({ ...site, line: 40 })))).toEqual([expect.stringMatching(/^3: .* 3 times/u)]);
  });

  it('believes a report without a hash only at that very call of that function', () => {
    const bare = without('lineHash', site);
    expect(lint(code, report(leaked(bare)))).toHaveLength(1);
    expect(lint(code, report(leaked({ ...bare, column: bare.column - 2 }), leaked({ ...bare, function: 'find' })))).toEqual([]);
  });

  it('reads a report once, and again when it has changed', () => {
    let nowMs = 0;
    const now = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const path = report(leaked(site));
    expect(lint(code, path)).toHaveLength(1);
    writeFileSync(path, '');
    utimesSync(path, 1, 1);
    expect(lint(code, path)).toHaveLength(1);
    nowMs += 1000;
    expect(lint(code, path)).toEqual([]);
    now.mockRestore();
  });

  it('refuses what is no path', () => {
    expect(() => lint(code, 7)).toThrow('`settings.lifeguard.reports` must be a path or glob, or a list of them.');
  });
});
