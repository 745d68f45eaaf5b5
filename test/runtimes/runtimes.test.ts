import { execFile, type ExecFileOptions } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { majors, runtime } from './install.mjs';

const folder = new URL('programs/', import.meta.url);
const programs = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
const isLong = process.env['LIFEGUARD_LONG'] === '1';
if (!isLong) console.warn(`SKIPPED: the built guard and its tests on Node ${majors.join(', ')}, which pnpm test:long installs.`);

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Three minutes on two cores that do nothing else, which these have to do. */
const suiteTimeoutMs = 40 * 60_000;

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

  test('the guard passes all of its tests', { timeout: suiteTimeoutMs }, async () => {
    const { passed, failed } = await testsOn(runtime(major));
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(400);
  });
});

/** Runs what stands in `test/guard`, but not its long counts, as the runtime that runs them here does. */
async function testsOn(node: string): Promise<{ readonly passed: number; readonly failed: readonly string[] }> {
  const ofThisRun = Object.keys(process.env).filter((name) => name.startsWith('VITEST'));
  const env = { ...process.env, ...Object.fromEntries([...ofThisRun, 'NODE_OPTIONS', 'LIFEGUARD_LONG'].map((name) => [name, undefined])) };
  const args = ['node_modules/vitest/vitest.mjs', 'run', 'test/guard', '--project', 'guard', '--reporter', 'json'];
  const { stdout, stderr } = await finished(node, args, { cwd: root, env, maxBuffer: 2 ** 28 });
  const report = /^\{.*\}$/msu.exec(stdout)?.[0];
  if (report === undefined) throw new Error(`vitest has reported nothing: ${stderr}`);
  const { numPassedTests, testResults } = JSON.parse(report) as Report;
  const failed = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((one) => one.status === 'failed').map((one) => `${one.fullName}: ${one.failureMessages.join('\n')}`);
    return status === 'failed' && tests.length === 0 ? [`${name}: ${message}`] : tests;
  });
  return { passed: numPassedTests, failed };
}

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly failureMessages: readonly string[] }[];
  }[];
}

/** Whatever its exit status was: the report tells more. */
function finished(file: string, args: readonly string[], options: ExecFileOptions): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    execFile(file, args, { ...options, encoding: 'utf8' }, (_error, stdout, stderr) => resolve({ stdout, stderr }));
  });
}

/** What the programs print to the error stream, warnings of Node too, is an error. */
async function run(node: string, program: string): Promise<void> {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const path = fileURLToPath(new URL(program, folder));
  const { stderr } = await promisify(execFile)(node, ['--expose-gc', path], { env, timeout: 50_000 });
  expect(stderr).toBe('');
}
