import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const isLong = process.env['LIFEGUARD_LONG'] === '1';
const checkouts = isLong ? 1_000_000 : 20_000;
const program = fileURLToPath(new URL('program.mjs', import.meta.url));

interface Seen {
  readonly heaps: readonly number[];
  readonly events: Readonly<Record<string, number>>;
  readonly acquired: number;
  readonly returned: number;
  readonly reclaims: number;
  readonly leaks: number;
  readonly active: number;
  readonly handles: readonly string[];
}

/** What a heap may grow by without growing with the work: code that is compiled, lists that reach their size. */
const settledBytes = 2 * 1024 * 1024;

test(`${checkouts} checkouts, one in a thousand of which leaks and is taken back, keep nothing, and the process ends by itself`, { timeout: 900_000 }, async () => {
  // A process that does not end by itself is ended by the limit, and fails.
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(checkouts)], { timeout: 800_000 });
  const seen = JSON.parse(stdout) as Seen;
  const leaks = checkouts / 1000;
  expect(seen).toMatchObject({ acquired: checkouts, returned: checkouts - leaks, reclaims: leaks, leaks, active: 0, handles: [] });
  expect(seen.events).toEqual({ leaked: leaks, reclaimed: leaks });
  const [, , early = 0] = seen.heaps;
  expect(seen.heaps).toHaveLength(10);
  expect((seen.heaps.at(-1) ?? Infinity) - early).toBeLessThan(settledBytes);
});
