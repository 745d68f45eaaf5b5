import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { majors, runtime } from './install.mjs';

const folder = new URL('programs/', import.meta.url);
const programs = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
const isLong = process.env['LIFEGUARD_LONG'] === '1';
if (!isLong) console.warn(`SKIPPED: the built guard on Node ${majors.join(', ')}, which pnpm test:long installs.`);

test('there are programs to run', () => {
  expect(programs).not.toEqual([]);
});

describe('on the Node that runs', () => {
  test.each(programs)('%s ends by itself, without an error', (program) => run(process.execPath, program));
});

describe.skipIf(!isLong).each(majors)('on Node %i', (major) => {
  beforeAll(() => {
    runtime(major);
  });

  test('has the version that it should', async () => {
    const { stdout } = await promisify(execFile)(runtime(major), ['--version']);
    expect(stdout).toMatch(new RegExp(`^v${major}\\.`, 'u'));
  });

  test.each(programs)('%s ends by itself, without an error', (program) => run(runtime(major), program));
});

/** What the programs print to the error stream, warnings of Node too, is an error. */
async function run(node: string, program: string): Promise<void> {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const path = fileURLToPath(new URL(program, folder));
  const { stderr } = await promisify(execFile)(node, ['--expose-gc', path], { env, timeout: 50_000 });
  expect(stderr).toBe('');
}
