import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Read {
  /** In KiB, after each tenth. */
  readonly heaps: readonly number[];
  readonly sites: number;
  readonly leaks: number;
  readonly withdrawn: number;
  readonly checkouts: number;
  readonly records: number;
  readonly unlisted: number;
  readonly duplicates: number;
  readonly broken: number;
}

const isLong = process.env['LIFEGUARD_LONG'] === '1';
const count = isLong ? 1_000_000 : 40_000;

/** Far less than the records themselves. */
const heapMiB = 96;

test(`${count.toLocaleString('en-US')} records of ever new checkouts and sites are read in ${heapMiB} MiB, and none is lost or counted twice`, { timeout: 600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeguard-million-'));
  const program = fileURLToPath(new URL('programs/read-many.mjs', import.meta.url));
  const child = fork(program, [folder, String(count)], { execArgv: ['--expose-gc', `--max-old-space-size=${heapMiB}`] });
  const messages: readonly unknown[] = await once(child, 'message');
  rmSync(folder, { recursive: true, force: true });
  const { heaps, sites, leaks, withdrawn, checkouts, records, unlisted, duplicates, broken } = messages[0] as Read;
  expect(records).toBe(count);
  expect(broken).toBe(count / 1000);
  expect(duplicates).toBe(count / 4);
  expect(sites).toBe(10_000);
  // Every 80,000 records pass 20,000 sites, of which the first half is told apart.
  expect(unlisted).toBe(Math.floor(count / 80_000) * 40_000);
  expect([leaks, withdrawn, checkouts]).toEqual([1, 1, 1].map(() => (count - unlisted) / 4));
  if (isLong) {
    // All bounds are reached in the first half; what is remembered of the newest goes up and down by half.
    expect(Math.max(...heaps.slice(5))).toBeLessThan(Math.max(...heaps.slice(0, 5)) * 1.25);
  }
});
