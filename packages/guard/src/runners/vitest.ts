import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { aroundEach, expect, onTestFinished } from 'vitest';
import { readLeakOptions, type LeakOptions } from './options.ts';
import { abandonTest, currentTest, endTest, enterTest, expectNoLeaks as expectInTest, inTest, startTest } from './tests.ts';

export type { CallSite } from '../lease/site.ts';
export type { Faults, LeakOptions, SitePattern } from './options.ts';
/** The test file that runs, and what is expected of its tests. */
interface Watched {
  readonly path: string | undefined;
  expected: LeakOptions | undefined;
}

let file = watchFile(isSetupFile() ? {} : undefined);

/**
 * Fails every test of the file that leaks a connection, where this is called in a set-up file or at
 * the head of a test file. The line `setupFiles: ['@lifeguard/guard/vitest']` does it for all files,
 * without options.
 *
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION`.
 */
export function failOnLeaks(options: LeakOptions = {}): void {
  const expected = readLeakOptions(options, 'failOnLeaks');
  if (file.path === testPath()) file.expected = expected;
  else file = watchFile(expected);
}

/**
 * Fails the running test if a connection that it acquires is not given back when it has ended.
 *
 * @throws LifeguardError `LIFEGUARD_OUTSIDE_TEST`, `LIFEGUARD_BAD_OPTION`.
 */
export function expectNoLeaks(options?: LeakOptions): void;
/**
 * Rejects if a connection that the function acquires is not given back when it has ended, or its
 * promise has settled. It needs no test around it.
 */
export function expectNoLeaks<T>(part: () => T | PromiseLike<T>, options?: LeakOptions): Promise<T>;
export function expectNoLeaks<T>(given: LeakOptions | (() => T | PromiseLike<T>) = {}, last?: LeakOptions): void | Promise<T> {
  if (typeof given === 'function') return expectInTest(given, last);
  if (currentTest() === undefined && file.path !== testPath()) enterLate();
  expectInTest(given);
}

/** A test of a file for which this module was not loaded anew, as without `isolate`: it is watched from here on. */
function enterLate(): void {
  const run = startTest(expect.getState().currentTestName ?? 'a test');
  onTestFinished(async () => {
    const leak = await endTest(run);
    if (leak !== undefined) throw leak;
  });
  enterTest(run);
}

function watchFile(expected: LeakOptions | undefined): Watched {
  const watched: Watched = { path: testPath(), expected };
  aroundEach(async (runTest, { task }) => {
    const run = startTest(task.fullTestName, watched.expected);
    try {
      await inTest(run, runTest);
      const leak = await endTest(run);
      if (leak !== undefined) throw leak;
    } finally {
      abandonTest(run);
    }
  });
  return watched;
}

function testPath(): string | undefined {
  return expect.getState().testPath;
}

/** Vitest names the files that it loads before each test file; whoever imports this one besides has to say what he wants. */
function isSetupFile(): boolean {
  const worker: unknown = Reflect.get(globalThis, '__vitest_worker__');
  const files: unknown = read(read(worker, 'config'), 'setupFiles');
  if (!Array.isArray(files)) return false;
  const own = realpathSync(fileURLToPath(import.meta.url));
  return files.some((file) => typeof file === 'string' && file !== '' && real(file) === own);
}

function real(file: string): string {
  try {
    return realpathSync(file.startsWith('file:') ? fileURLToPath(file) : file);
  } catch {
    return file;
  }
}

function read(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
