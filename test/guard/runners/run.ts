import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { absolute } from '../../generate/generate.ts';
import type { PostgresServer } from '../../servers/postgres.ts';
import type { Runner } from './suites.ts';

/** What a run of a runner ended with: its tests, each with the messages with which it failed. */
export interface Ended {
  readonly code: number;
  readonly tests: ReadonlyMap<string, readonly string[]>;
  readonly output: string;
}

/** The name of a test file, as every runner finds it. */
export const suiteFile = 'orders.test.js';

const projects = realpathSync(mkdtempSync(join(tmpdir(), 'lifeguard-runners-')));

/** Removes all projects. */
export function removeSuites(): void {
  rmSync(projects, { recursive: true, force: true });
}

/**
 * A project in which the guard is installed as npm installs it. It stands in no `node_modules`, where
 * Jest finds no tests and a stack has no line of the application.
 */
export function writeSuite(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(projects, name);
  for (const one of ['guard', 'catalogue']) {
    const target = join(folder, 'node_modules/@lifeguard', one);
    mkdirSync(target, { recursive: true });
    cpSync(absolute(`packages/${one}/dist`), join(target, 'dist'), { recursive: true });
    cpSync(absolute(`packages/${one}/package.json`), join(target, 'package.json'));
  }
  for (const one of ['pg', 'vitest']) symlinkSync(absolute(`node_modules/${one}`), join(folder, 'node_modules', one), 'junction');
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

/** Writes each result of `node --test` as a line. */
const reporter = `export default async function* (events) {
  for await (const { type, data } of events) {
    if ((type === 'test:pass' || type === 'test:fail') && data.details.type !== 'suite') yield JSON.stringify([data.name, type, text(data.details.error)]) + '\\n';
  }
}
const text = (error) => error && [error.message, error.cause?.message, error.cause?.stack].join('\\n');
`;

/** Runs a project's tests with the real runner, on a real server. */
export async function run(runner: Runner, cwd: string, server: PostgresServer, flags: readonly string[] = [], node = process.execPath): Promise<Ended> {
  const result = join(cwd, 'result.json');
  writeFileSync(join(cwd, 'reporter.mjs'), reporter);
  const commands: Readonly<Record<Runner, readonly string[]>> = {
    vitest: [absolute('node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', `--outputFile=${result}`, ...flags],
    jest: [absolute('node_modules/jest/bin/jest.js'), '--json', `--outputFile=${result}`, '--forceExit', ...flags],
    'node-test': [...flags, '--test', '--test-reporter=./reporter.mjs', `--test-reporter-destination=${result}`, suiteFile],
    mocha: [absolute('node_modules/mocha/bin/mocha.js'), '--exit', '--reporter', 'json', '--reporter-option', `output=${result}`, ...flags, suiteFile],
  };
  const { host, port, user, password, database } = server;
  const env: NodeJS.ProcessEnv = { ...process.env, PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: database, NO_COLOR: '1', CI: '1' };
  // What this very run of Vitest, or of Node, tells its children must not reach those of another runner.
  for (const name of Object.keys(env)) if (/^(?:VITEST|NODE_TEST_CONTEXT|NODE_OPTIONS|TEST$|VITE_|NODE_ENV$|JEST)/u.test(name)) Reflect.deleteProperty(env, name);
  const ended = await new Promise<{ code: number; output: string }>((resolve) => {
    execFile(node, [...commands[runner]], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, output: `${stdout}${stderr}` });
    });
  });
  try {
    return { ...ended, tests: readers[runner](readFileSync(result, 'utf8')) };
  } catch (error) {
    throw new Error(`${runner} ended with ${ended.code} and no readable result:\n${ended.output}`, { cause: error });
  }
}

type Tests = Map<string, readonly string[]>;

interface JestResult {
  readonly testResults: readonly { readonly assertionResults: readonly { readonly title: string; readonly failureMessages?: readonly string[] }[] }[];
}
interface MochaResult {
  readonly tests: readonly { readonly title: string }[];
  readonly failures: readonly { readonly title: string; readonly err: { readonly message?: string; readonly stack?: string } }[];
}

function readJest(text: string): Tests {
  const { testResults } = JSON.parse(text) as JestResult;
  return new Map(testResults.flatMap(({ assertionResults }) => assertionResults.map(({ title, failureMessages = [] }) => [title, failureMessages] as const)));
}

const readers: Readonly<Record<Runner, (text: string) => Tests>> = {
  vitest: readJest,
  jest: readJest,
  'node-test': (text) =>
    new Map(
      text.trim().split('\n').map((line) => {
        const [name, type, error] = JSON.parse(line) as [string, string, string | null];
        return [name, type === 'test:fail' ? [error ?? ''] : []] as const;
      }),
    ),
  mocha(text) {
    const { tests, failures } = JSON.parse(text) as MochaResult;
    const found: Tests = new Map(tests.map(({ title }) => [title, []]));
    for (const { title, err } of failures) found.set(title, [...(found.get(title) ?? []), `${err.message ?? ''}\n${err.stack ?? ''}`]);
    return found;
  },
};
