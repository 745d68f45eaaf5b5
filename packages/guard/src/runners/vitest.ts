import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { aroundEach } from 'vitest';
import { readLeakOptions, type LeakOptions } from './options.ts';
import { endTest, inTest, startTest } from './tests.ts';

export type { CallSite } from '../lease/site.ts';
export type { Faults, LeakOptions, SitePattern } from './options.ts';
export { expectNoLeaks } from './tests.ts';

let expected: LeakOptions | undefined = isSetupFile() ? {} : undefined;

/**
 * Fails every test of the file that leaks a connection, where this is called in a set-up file or at
 * the head of a test file. The line `setupFiles: ['@lifeguard/guard/vitest']` does it for all files,
 * without options.
 *
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION`.
 */
export function failOnLeaks(options: LeakOptions = {}): void {
  expected = readLeakOptions(options, 'failOnLeaks');
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

aroundEach(async (runTest, { task }) => {
  const run = startTest(task.fullTestName, expected);
  await inTest(run, runTest);
  const leak = await endTest(run);
  if (leak !== undefined) throw leak;
});
