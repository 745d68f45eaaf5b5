import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isLong = process.env['LIFEGUARD_LONG'] === '1';

test.skipIf(!isLong || !existsSync(join(root, '.git')))('the tests of PostgreSQL pass in a clone inside a folder that is closed to others', () => {
  // `mkdtemp` closes what it makes.
  const closed = mkdtempSync(join(tmpdir(), 'lifeguard-clone-'));
  const clone = join(closed, 'clone');
  const env = { ...process.env, LIFEGUARD_LONG: '' };
  try {
    execFileSync('git', ['clone', '--quiet', root, clone]);
    execFileSync('npx', ['-y', 'pnpm@10', 'install', '--prefer-offline', '--frozen-lockfile'], { cwd: clone, env });
    execFileSync('npx', ['tsc', '-b'], { cwd: clone, env });
    const report = execFileSync('npx', ['vitest', 'run', 'test/servers/postgres.test.ts', '--reporter=json'], { cwd: clone, env, encoding: 'utf8' });
    expect(JSON.parse(report)).toMatchObject({ success: true, numFailedTests: 0, numPendingTests: 0 });
  } finally {
    rmSync(closed, { recursive: true });
  }
}, 300_000);
