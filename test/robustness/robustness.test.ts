import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { installedFiles, spread } from './corpus.ts';
import { lintAll } from './lint-all.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isLong = process.env['LIFEGUARD_LONG'] === '1';

test(
  'no rule crashes or hangs on code that is installed here',
  async () => {
    const all = installedFiles();
    const files = isLong ? all : spread(all, 1500);
    expect(files.length).toBeGreaterThan(1000);

    const threads = Math.min(2, availableParallelism());
    const shares = Array.from({ length: threads }, (_, share) =>
      files.filter((_file, index) => index % threads === share),
    );
    const outcomes = await Promise.all(shares.map((share) => lintAll(share, root)));

    const slowest = outcomes.flatMap((outcome) => outcome.slowest);
    for (const [file, took] of slowest.sort((one, other) => other[1] - one[1]).slice(0, 5)) {
      console.info(`${took.toFixed(0).padStart(6)} ms ${path.relative(root, file)}`);
    }
    expect(outcomes.flatMap(({ troubles }) => troubles)).toEqual([]);
    expect(outcomes.reduce((sum, { linted }) => sum + linted, 0)).toBe(files.length);
  },
  isLong ? 45 * 60_000 : 10 * 60_000,
);
