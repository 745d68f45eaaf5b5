import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import draft4 from 'ajv-draft-04';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { ReportRecord } from '../../packages/catalogue/src/index.ts';
import { check, type Format, formats, plain, report, type ReportFormat, type ReportFormatName, reportFormats } from '../../packages/cli/dist/index.js';
import { momentOf } from '../../packages/cli/src/report/since.ts';
import { leaked, passed, returned, siteIn } from '../rules/reported.ts';
import { leaky, lifeguard, project } from './run.ts';

const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const site = siteIn('src/a.ts', leaky, 5, 'now');
const late = leaked({ ...site, file: 'src/late.ts' });
const records: readonly ReportRecord[] = [
  leaked(site, { scope: 'GET /`orders`', fingerprint: 'SELECT \u001b[31m now()' }),
  leaked(site, { at: '2026-11-09T00:00:00.000Z', heldMs: 90_000, host: 'there' }),
  late,
  returned(late),
  leaked({ ...site, file: 'src/gone.ts' }),
  passed(site, 1204),
  passed({ ...site, file: 'src/late.ts' }, 7),
];
const lines = (all: readonly ReportRecord[]): string => all.map((record) => `${JSON.stringify(record)}\n`).join('');
const folder = project({
  'src/a.ts': leaky,
  'src/late.ts': leaky,
  'src/never.ts': leaky,
  'src/own.ts': leaky.replaceAll('pool', 'thing').replace('thing.connect()', 'lend()').replace('export', 'const lend = () => thing.connect();\nexport'),
  'reports/web.jsonl': `${lines(records)}{"half`,
});

function printed(format: ReportFormatName, paths: readonly string[] = ['reports'], limit = 20): string {
  return reportFormats[format](report({ paths, cwd: folder }), { paint: plain, limit });
}

describe('lifeguard report', () => {
  test('as a table has a code frame for each site, the most harmful first, and no control character', () => {
    const text = printed('table');
    expect(text.indexOf('src/a.ts:5:')).toBeLessThan(text.indexOf('src/gone.ts:5:'));
    expect(text.indexOf('src/gone.ts:5:')).toBeLessThan(text.indexOf('src/late.ts:5:'));
    expect(text).toMatch(/^› 5 │ {3}const client = await pool\.connect\(\);\n.*\^+ leaked 2 times since 2026-11-02, held up to 90 s$/m);
    expect(text).toContain('gone: there is no such source below the working directory');
    expect(text).toContain('withdrawn once: it came back after it was taken for leaked');
    expect(text).toContain('1,204 checkouts given back');
    expect(text).toMatch(/│ src\/a\.ts:5:24 +│ +20 │ +2 │ +0 │ +90 s │ 2026-11-02 │ +1204 │/);
    expect(text.split('\n').at(-2)).toBe('3 leaks, 3 sites, from 7 records of 1 file.');
    expect(text).not.toContain('\u001b');
  });

  test('shows as many sites as it is told', () => {
    expect(printed('table', ['reports'], 1)).toContain('2 sites of less harm not shown');
    expect(printed('markdown', ['reports'], 1).match(/^### /gm)).toHaveLength(1);
    expect((JSON.parse(printed('json', ['reports'], 1)) as { sites: unknown[] }).sites).toHaveLength(3);
  });

  test('as JSON tells all there is of a site', () => {
    expect(JSON.parse(printed('json'))).toMatchObject({
      version: 1,
      records: 7,
      files: 1,
      skipped: { broken: 1, duplicate: 0 },
      sites: [
        {
          file: 'src/a.ts', function: 'now', state: 'same', reported: { line: 5 }, now: { line: 5, column: 24, endLine: 5, endColumn: 38 },
          harm: 20, leaks: 2, withdrawn: 0, checkouts: 1204, leakedSince: '2026-11-02T08:30:00.000Z', lastLeakAt: '2026-11-09T00:00:00.000Z',
          longestHeldMs: 90_000, evidence: { idle: 2 }, pools: ['orders'], hosts: 2,
        },
        { file: 'src/gone.ts', state: 'no-source', now: null, leaks: 1 },
        { file: 'src/late.ts', leaks: 0, withdrawn: 1 },
      ],
      notices: [{ code: 'LIFEGUARD_LINES_SKIPPED' }],
      problems: [],
    });
  });

  test('as Markdown has a table and a fenced frame, whatever scopes and statements contain', () => {
    const text = printed('markdown');
    expect(text).toMatch(/^\| `src\/a\.ts:5:24` \| 20 \| 2 \| 0 \| 90 s \| 2026-11-02 \| 1204 \|$/m);
    expect(text.match(/^```/gm)).toHaveLength(4);
  });

  test('as SARIF obeys the official schema, with what is gone as a notification', () => {
    const log = JSON.parse(printed('sarif')) as Log;
    const ajv = new draft4.default({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true });
    const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
    expect(validate({ ...log, runs: [{}] })).toBe(false);
    validate(log);
    expect(validate.errors).toBeNull();
    const [run] = log.runs;
    expect(run?.results?.map(({ ruleId, level, locations }) => [ruleId, level, locations?.[0]?.physicalLocation?.artifactLocation?.uri])).toEqual([
      ['lifeguard/runtime-leak', 'error', 'src/a.ts'],
      ['lifeguard/runtime-leak', 'warning', 'src/late.ts'],
    ]);
    expect(run?.tool.driver.rules?.[0]?.helpUri).toMatch(/runtime-leak$/);
    expect(run?.automationDetails?.id).toBe('lifeguard/report/');
    const told = run?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text);
    expect(told).toEqual([expect.stringContaining('broken'), expect.stringContaining('src/gone.ts:5:29 is gone')]);
  });

  test('ends with 0, and with 2 where a report is missing or a moment is none', async () => {
    const [good, missing, wrong] = await Promise.all([
      lifeguard(folder, ['report', 'reports/*.jsonl', '--since', '2026-11-05']),
      lifeguard(folder, ['report', 'reports', 'reprots']),
      lifeguard(folder, ['report', 'reports', '--since', 'yesterday']),
    ]);
    expect([good.code, missing.code, wrong.code]).toEqual([0, 2, 2]);
    expect(good.stdout).toContain('1 leak, 1 site');
    expect(good.stderr).toContain('LIFEGUARD_LINES_SKIPPED');
    expect(missing.stdout).toContain('3 leaks, 3 sites');
    expect(missing.stderr).toContain('LIFEGUARD_REPORT_NOT_FOUND No report matches "reprots"');
    expect(wrong.stderr).toContain('It must be a date, as 2026-11-02, or a time ago');
  });

  test('shows no file that is no code', () => {
    const cwd = project({ 'secrets.env': 'TOKEN=abc', 'r.jsonl': lines([leaked(siteIn('secrets.env', 'TOKEN=abc', 1))]) });
    for (const format of Object.values<ReportFormat>(reportFormats)) expect(format(report({ paths: ['r.jsonl'], cwd }), { paint: plain, limit: 9 })).not.toContain('abc');
  });
});

describe('a moment', () => {
  const nowMs = Date.UTC(2026, 10, 9, 12);
  test.each([
    ['2026-11-02', Date.UTC(2026, 10, 2)],
    ['2026-11-02T08:30', Date.UTC(2026, 10, 2, 8, 30)],
    ['2026-11-02T08:30:00+02:00', Date.UTC(2026, 10, 2, 6, 30)],
    ['30m', nowMs - 1_800_000],
    ['24h', nowMs - 86_400_000],
    ['7d', Date.UTC(2026, 10, 2, 12)],
    ['2w', Date.UTC(2026, 9, 26, 12)],
  ])('%s', (text, expected) => {
    expect(momentOf(text, nowMs)).toBe(expected);
  });

  test.each(['', 'now', '7', '-7d', '2026-13-01', '2026-11', '7 d'])('is not %j', (text) => {
    expect(() => momentOf(text, nowMs)).toThrow('It must be a date');
  });
});

describe('lifeguard check with reports', () => {
  const said = async (options: object = { reports: ['reports'] }) => {
    const outcome = await check({ paths: ['src'], cwd: folder, concurrency: 'off', ...options });
    const verdicts = outcome.files.flatMap(({ file, findings }) =>
      findings.filter(({ rule }) => rule !== 'lifeguard/runtime-leak').map(({ runtime }) => [path.basename(file), runtime?.says]),
    );
    return { outcome, verdicts };
  };

  test('says of each finding whether it was seen at run time', async () => {
    const { outcome, verdicts } = await said();
    expect(verdicts).toEqual([
      ['a.ts', 'confirmed at run time: leaked 2 times since 2026-11-02, held up to 90 s'],
      ['late.ts', 'never seen leaking in 7 checkouts; came back late once'],
      ['never.ts', 'never run'],
      // The function that lends may have run without its line being this one.
      ['own.ts', undefined],
    ]);
    for (const format of Object.values<Format>(formats)) expect(format(outcome, plain)).toContain('leaked 2 times since 2026-11-02, held up to 90 s');
    const { findings } = JSON.parse(formats.json(outcome)) as { findings: readonly { file: string; runtime?: object }[] };
    expect(findings.find(({ file }) => file === 'src/never.ts')?.runtime).toEqual({ verdict: 'never-run', says: 'never run' });
    expect(findings.find(({ file }) => file === 'src/a.ts')?.runtime).toEqual({
      verdict: 'confirmed', says: expect.stringContaining('confirmed at run time') as string, seen: 2, checkouts: 1204,
    });
  });

  test('says nothing of it without reports, and never `never run` where no checkout is counted', async () => {
    expect((await said({})).verdicts.map(([, words]) => words)).toEqual([undefined, undefined, undefined, undefined]);
    writeFileSync(path.join(folder, 'uncounted.jsonl'), lines(records.filter(({ type }) => type !== 'site')));
    expect((await said({ reports: ['uncounted.jsonl'] })).verdicts[2]).toEqual(['never.ts', undefined]);
  });

  test('reads a report that has changed anew', async () => {
    const file = path.join(folder, 'changing.jsonl');
    writeFileSync(file, lines([passed(site, 3)]));
    expect((await said({ reports: ['changing.jsonl'] })).verdicts[0]?.[1]).toBe('never seen leaking in 3 checkouts');
    writeFileSync(file, lines([passed(site, 3), leaked(site)]));
    const { outcome, verdicts } = await said({ reports: ['changing.jsonl'] });
    expect(verdicts[0]?.[1]).toContain('confirmed');
    expect(outcome.files.flatMap(({ findings }) => findings).some(({ rule }) => rule === 'lifeguard/runtime-leak')).toBe(true);
  });

  test('takes the reports of the configuration, and tells of those that are not there', async () => {
    const plugin = new URL('../../packages/eslint-plugin/dist/index.js', import.meta.url).href;
    const parser = new URL(import.meta.resolve('@typescript-eslint/parser')).href;
    const config = (reports: string) => `import lifeguard from '${plugin}'; import * as parser from '${parser}';
export default [{ files: ['**/*.ts'], languageOptions: { parser } }, lifeguard.configs.recommended, { settings: { lifeguard: { reports: '${reports}' } } }];`;
    writeFileSync(path.join(folder, 'one.config.mjs'), config('reports/*.jsonl'));
    writeFileSync(path.join(folder, 'other.config.mjs'), config('reprots/*.jsonl'));
    const one = await said({ configuration: { from: 'file', file: 'one.config.mjs' } });
    expect(one.verdicts[0]?.[1]).toContain('confirmed');
    const other = await said({ configuration: { from: 'file', file: 'other.config.mjs' } });
    expect(other.outcome.notices).toContainEqual(expect.objectContaining({ code: 'LIFEGUARD_REPORT_NOT_FOUND' }));
  });
});
