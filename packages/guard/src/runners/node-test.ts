import { AsyncResource } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isMethod, type Method } from '../adapt/patch.ts';
import { readLeakOptions, type LeakOptions } from './options.ts';
import type { TestRun } from './test-run.ts';
import { endTest, inTest, startTest } from './tests.ts';

export type { CallSite } from '../lease/site.ts';
export type { Faults, LeakOptions, SitePattern } from './options.ts';
export { expectNoLeaks } from './tests.ts';

let expected: LeakOptions | undefined = isPreloaded() ? {} : undefined;

/**
 * Fails every test of the file that leaks a connection, where this is called at the head of a test
 * file or in what `--import` loads. `--import @lifeguard/guard/node-test` does it for all files,
 * without options.
 *
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION`.
 */
export function failOnLeaks(options: LeakOptions = {}): void {
  expected = readLeakOptions(options, 'failOnLeaks');
}

/** Whether `--import` or `--require` names this file; whoever imports it elsewhere has to say what he wants. */
function isPreloaded(): boolean {
  const own = fileURLToPath(import.meta.url);
  const { resolve } = createRequire(join(process.cwd(), 'package.json'));
  const given = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(/[\s"']+/u)];
  return given.some((argument, index) => {
    const inline = /^(?:--import|--require|-r)=(?<specifier>.+)$/u.exec(argument)?.groups?.['specifier'];
    const specifier = inline ?? (/^(?:--import|--require|-r)$/u.test(given[index - 1] ?? '') ? argument : undefined);
    if (specifier === undefined) return false;
    try {
      return resolve(specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier) === own;
    } catch {
      return false;
    }
  });
}

/** The running tests, by the context that the runner passes to a test and to its hooks. */
const runs = new WeakMap<object, TestRun>();

/**
 * The runner calls tests and hooks with `runInAsyncScope` of the class `Test`, in the context in
 * which the test was declared: no hook can give it another one. The class is not exported, so the
 * first call of one is waited for (internal/test_runner/test.js of Node 20 to 26).
 */
function placeInTests(): void {
  const plain: unknown = Reflect.get(AsyncResource.prototype, 'runInAsyncScope');
  if (!isMethod(plain)) return;
  const inherited: Method = function (...args) {
    const type = testClassOf(this);
    if (type === undefined) return Reflect.apply(plain, this, args);
    Object.defineProperty(AsyncResource.prototype, 'runInAsyncScope', { value: plain, configurable: true, writable: true });
    Object.defineProperty(type, 'runInAsyncScope', { value: placed, configurable: true, writable: true });
    return Reflect.apply(placed, this, args);
  };
  const placed: Method = function (call, context, ...args) {
    const run = typeof context === 'object' && context !== null ? runs.get(context) : undefined;
    if (run === undefined || !isMethod(call)) return Reflect.apply(plain, this, [call, context, ...args]);
    return Reflect.apply(plain, this, [() => inTest(run, () => Reflect.apply(call, context, args))]);
  };
  Object.defineProperty(AsyncResource.prototype, 'runInAsyncScope', { value: inherited, configurable: true, writable: true });
}

/** The prototype of `Test`, which suites and hooks extend; `undefined` for what is none of them. */
function testClassOf(resource: unknown): object | undefined {
  let found: object | null = typeof resource === 'object' ? resource : null;
  while (found !== null) {
    const above: object | null = Object.getPrototypeOf(found) as object | null;
    if (above === AsyncResource.prototype) return found.constructor.name === 'Test' && found !== resource ? found : undefined;
    found = above;
  }
  return undefined;
}

placeInTests();

beforeEach((context) => {
  const name: unknown = Reflect.get(context, 'fullName') ?? context.name;
  runs.set(context, startTest(String(name), expected));
});

/**
 * Called before the hooks of the file, which may still give back, as may what a test has passed to
 * `t.after`: what is added now is called after all of them, and fails the test too.
 */
afterEach((context) => {
  const run = runs.get(context);
  if (run === undefined) return;
  const end = async (): Promise<void> => {
    const leak = await endTest(run);
    if (leak !== undefined) throw leak;
  };
  // The types know no hooks of a suite that are added by its context, which comes to no such hook.
  if ('after' in context) context.after(end);
});
