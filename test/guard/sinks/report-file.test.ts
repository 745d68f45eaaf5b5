import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReportRecord } from '../../../packages/catalogue/src/index.ts';
import { createPool } from 'generic-pool';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventTypes, guard, subscribe, unguard, type LifeguardEvent } from '../../../packages/guard/dist/index.js';
import { reportFile, type ReportFile, type ReportFileOptions } from '../../../packages/guard/dist/sinks/report-file.js';
import { FakeClock } from '../clock.ts';
import { publish, samples } from './samples.ts';

let folder = '';
let path = '';
let clock = new FakeClock();
const open: ReportFile[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeguard-report-'));
  path = join(folder, 'reports/orders.jsonl');
  clock = new FakeClock();
});
afterEach(() => {
  for (const one of open.splice(0)) one.stop();
  rmSync(folder, { recursive: true, force: true });
});

function openReport(options: ReportFileOptions = {}): ReportFile {
  const made = reportFile(path, { clock, ...options });
  open.push(made);
  return made;
}

function recordsIn(file: string): readonly ReportRecord[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as ReportRecord);
}

describe('a report', () => {
  test('has one record, with the version of its shape, for everything that points at a line', async () => {
    const report = openReport();
    for (const type of eventTypes) publish(samples[type]);
    await report.flush();
    const records = recordsIn(path);
    expect(records.map(({ type }) => type)).toEqual([
      'leak-suspected', 'leaked', 'returned-late', 'reclaimed', 'dirty-return', 'stale-handle', 'nested-acquire', 'deadlock', 'exhausted',
    ]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    for (const record of records) expect(record).toMatchObject({ schemaVersion: 1, pool: 'orders', pid: process.pid, at: '2026-11-02T08:30:00.000Z' });
    expect(records[1]).toEqual({
      schemaVersion: 1,
      id: expect.any(String),
      at: '2026-11-02T08:30:00.000Z',
      host: expect.any(String),
      pid: process.pid,
      pool: 'orders',
      lease: 41,
      site: { file: 'src/orders.ts', line: 12, column: 20, function: 'loadOrder' },
      scope: 'GET /orders/:id',
      waitedMs: 3,
      heldMs: 61_240,
      fingerprint: 'select * from orders where id = $1',
      type: 'leaked',
      evidence: 'scope-ended',
      occurrences: 3,
    });
  });

  test('has a record for every occurrence at a site', async () => {
    const report = openReport();
    for (const lease of [1, 2, 3]) publish({ ...samples.leaked, lease });
    await report.flush();
    expect(recordsIn(path).map(({ lease }) => lease)).toEqual([1, 2, 3]);
  });

  test('names files from the root, and knows the line by a hash that shows nothing of it', async () => {
    const source = join(folder, 'src/orders.js');
    mkdirSync(join(folder, 'src'));
    writeFileSync(source, `const one = 1;\n  const client = await pool.connect('a-secret');\n`);
    const report = openReport({ root: folder });
    publish({ ...samples.leaked, site: { file: source, line: 2, column: 24, library: 'typeorm@1.1.1' } });
    await report.flush();
    const lineHash = createHash('sha256').update(`const client = await pool.connect('a-secret');`).digest('hex').slice(0, 16);
    expect(recordsIn(path)[0]?.site).toEqual({ file: 'src/orders.js', line: 2, column: 24, library: 'typeorm@1.1.1', lineHash });
    expect(readFileSync(path, 'utf8')).not.toContain('a-secret');
  });

  test('is written after a while, together, and by no timer where there is nothing to write', async () => {
    const report = openReport({ flushAfterMs: 500 });
    expect(clock.timers).toBe(0);
    publish(samples.leaked);
    publish(samples.reclaimed);
    expect(clock.timers).toBe(1);
    clock.pass(499);
    expect(existsSync(path)).toBe(false);
    clock.pass(1);
    expect(clock.timers).toBe(0);
    await report.flush();
    expect(recordsIn(path)).toHaveLength(2);
  });

  test('is set aside when it is full, the oldest files go, and nothing of the rest is lost', async () => {
    const report = openReport({ maxBytes: 1000, maxFiles: 3 });
    for (let lease = 1; lease <= 20; lease += 1) {
      publish({ ...samples.leaked, lease });
      await report.flush();
    }
    const files = readdirSync(join(folder, 'reports')).sort();
    expect(files).toHaveLength(3);
    expect(files.every((name) => /^orders(?:-[\dTZ-]+)?\.jsonl$/u.test(name))).toBe(true);
    const [current = '', ...aside] = [...files].reverse();
    expect(current).toBe('orders.jsonl');
    const leases = [...aside.reverse(), current].flatMap((name) => recordsIn(join(folder, 'reports', name)).map(({ lease }) => lease));
    expect(leases).toEqual(Array.from({ length: leases.length }, (_, index) => 20 - leases.length + 1 + index));
  });

  test('that two write to keeps the records of both', async () => {
    const [one, other] = [openReport({ maxBytes: 3000, maxFiles: 100 }), openReport({ maxBytes: 3000, maxFiles: 100 })];
    for (let lease = 1; lease <= 30; lease += 1) {
      publish({ ...samples.leaked, lease });
      await Promise.all([one.flush(), other.flush()]);
    }
    const all = readdirSync(join(folder, 'reports')).flatMap((name) => recordsIn(join(folder, 'reports', name)));
    expect(all).toHaveLength(60);
    expect(new Set(all.map(({ id }) => id)).size).toBe(60);
  });

  test('that cannot be written harms nobody, is told of, and is written later', async () => {
    const report = openReport();
    const errors: LifeguardEvent[] = [];
    const stop = subscribe((event) => errors.push(event), ['guard-error']);
    mkdirSync(path);
    publish(samples.leaked);
    await report.flush();
    expect(errors).toEqual([expect.objectContaining({ type: 'guard-error', during: 'report-file', message: expect.stringContaining('EISDIR') })]);
    rmSync(path, { recursive: true });
    expect(clock.timers).toBe(1);
    clock.pass(1000);
    expect(clock.timers).toBe(0);
    await report.flush();
    stop();
    expect(recordsIn(path)).toHaveLength(1);
  });

  test('that is stopped is written at once, and hears nothing more', () => {
    const signals = (): readonly number[] => ['exit', 'uncaughtExceptionMonitor', 'SIGTERM', 'newListener'].map((name) => process.listenerCount(name));
    const before = signals();
    const report = openReport();
    publish(samples.leaked);
    report.stop();
    publish(samples.leaked);
    report.stop();
    expect(recordsIn(path)).toHaveLength(1);
    expect(signals()).toEqual(before);
    expect(clock.timers).toBe(0);
  });

  test.each<[string, string, object, RegExp]>([
    ['an empty path', '', {}, /`path` is ''; /u],
    ['an unknown option', 'x', { maxByte: 1 }, /`maxByte` is no option of reportFile; did you mean `maxBytes`\?/u],
    ['no bytes', 'x', { maxBytes: 0 }, /`maxBytes` is 0; /u],
    ['half a file', 'x', { maxFiles: 1.5 }, /`maxFiles` is 1.5; /u],
    ['a clock that is none', 'x', { clock: {} }, /`clock` is an object; legal: an object with `now`, `wall` and `after`\./u],
  ])('refuses %s at once', (_what, file, options, message) => {
    expect(() => reportFile(file, options)).toThrow(message);
    expect(() => reportFile(file, options)).toThrow(expect.objectContaining({ code: 'LIFEGUARD_BAD_OPTION' }));
  });
});

describe('the counts of checkouts by site', () => {
  const made = { create: () => Promise.resolve({}), destroy: () => Promise.resolve() };
  const sites = (): readonly ReportRecord[] => recordsIn(path).filter(({ type }) => type === 'site');

  test('add up to what each site acquired and gave back, and are written every minute', async () => {
    const pool = guard(createPool(made, { max: 2 }), { name: 'counted', clock, stacks: 'full' });
    const report = openReport({ root: process.cwd() });
    const use = async (): Promise<void> => pool.release(await pool.acquire());
    for (let round = 0; round < 3; round += 1) await use();
    await report.flush();
    expect(sites()).toEqual([
      expect.objectContaining({
        schemaVersion: 1, pool: 'counted', checkouts: 3,
        site: expect.objectContaining({ file: 'test/guard/sinks/report-file.test.ts', function: 'use', lineHash: expect.stringMatching(/^[\da-f]{16}$/u) }),
      }),
    ]);
    await report.flush();
    expect(sites()).toHaveLength(1);
    for (let round = 0; round < 2; round += 1) await use();
    clock.pass(60_000);
    clock.pass(1000);
    await vi.waitFor(() => expect(sites().map((one) => Reflect.get(one, 'checkouts') as unknown)).toEqual([3, 2]));
    const site = sites()[0]?.site;
    expect(sites()[1]?.site).toEqual(site);
    unguard(pool);
  });

  test('begin with the first pool that is guarded, go on after it, and end with the report', () => {
    const report = openReport();
    const pool = guard(createPool(made, { max: 2 }), { name: 'first', clock });
    expect(clock.timers).toBe(1);
    clock.pass(60_000);
    expect(clock.timers).toBe(1);
    expect(existsSync(path)).toBe(false);
    report.stop();
    expect(clock.timers).toBe(0);
    unguard(pool);
  });
});

describe('when the process ends, what waits is written, and the exit status stays', () => {
  const program = fileURLToPath(new URL('programs/leaks.mjs', import.meta.url));

  function start(end: string): ChildProcess {
    return fork(program, [path, end], { silent: true });
  }

  async function ended(child: ChildProcess): Promise<readonly unknown[]> {
    const status: unknown[] = await once(child, 'exit');
    expect(recordsIn(path)).toEqual([expect.objectContaining({ type: 'leak-suspected', evidence: 'scope-ended', scope: 'job' })]);
    expect(recordsIn(path)[0]?.site?.file).toMatch(/test\/guard\/sinks\/programs\/leaks\.mjs$/u);
    return status;
  }

  test.each<[string, readonly unknown[]]>([
    ['exit', [7, null]],
    ['throw', [1, null]],
    ['reject', [1, null]],
    ['end by itself', [0, null]],
  ])('by %s', async (end, status) => {
    expect(await ended(start(end))).toEqual(status);
  });

  test('by SIGTERM, which the application does not listen to', async () => {
    const child = start('SIGTERM');
    await once(child, 'message');
    child.kill('SIGTERM');
    expect(await ended(child)).toEqual([null, 'SIGTERM']);
  });

  test.each(['own-listener-before', 'own-listener-after'])('by SIGTERM, which the application handles itself: %s', async (end) => {
    const child = start(end);
    await once(child, 'message');
    child.kill('SIGTERM');
    expect(await ended(child)).toEqual([9, null]);
  });
});
