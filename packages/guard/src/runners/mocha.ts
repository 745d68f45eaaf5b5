import { isMethod } from '../adapt/patch.ts';
import { readLeakOptions, type LeakOptions } from './options.ts';
import type { TestRun } from './test-run.ts';
import { abandonTest, endTest, enterTest, inTest, startTest } from './tests.ts';

export type { CallSite } from '../lease/site.ts';
export type { Faults, LeakOptions, SitePattern } from './options.ts';
export { expectNoLeaks } from './tests.ts';

/** What is used of a test and its suites. */
interface Suite {
  readonly parent?: Suite | undefined;
  getHooks?(name: 'afterEach'): { readonly fn?: unknown }[];
}
interface Test {
  readonly parent?: Suite | undefined;
  readonly state?: string | undefined;
  fullTitle(): string;
  run: (done: (error?: unknown) => void) => void;
}

/** What a hook of Mocha is called with. */
interface Context {
  readonly currentTest?: Test | undefined;
  readonly test?: { error(error: Error): unknown } | undefined;
  timeout(ms: number): unknown;
}

/** Hooks for all tests, as Mocha takes them from what `--require` loads. */
export interface RootHooks {
  readonly beforeEach: (this: Context) => void;
  readonly afterEach: (this: Context) => Promise<void>;
}

let expected: LeakOptions | undefined;

/**
 * Fails every test that leaks a connection. `--require @lifeguard/guard/mocha` does it without
 * options; with options, a file of your own is required: `export const mochaHooks = failOnLeaks(options)`.
 *
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION`.
 */
export function failOnLeaks(options: LeakOptions = {}): RootHooks {
  expected = readLeakOptions(options, 'failOnLeaks');
  return hooks;
}

const runs = new WeakMap<Test, TestRun>();

const hooks: RootHooks = {
  beforeEach() {
    const { currentTest: test } = this;
    if (test === undefined || runs.has(test)) return;
    const run = startTest(test.fullTitle(), expected);
    runs.set(test, run);
    moveLast(test);
    enterTest(run);
    const { run: runIt } = test;
    // What fails here fails the test as if it had thrown; after it, Mocha has told that it passed.
    test.run = function (done) {
      inTest(run, () => {
        runIt.call(test, (error) => {
          if (error !== undefined && error !== null) abandonTest(run);
          if (run.scope.hasEnded || run.leaks.length === 0 || hasHooksToCome(test)) done(error);
          // Mocha waits for `done` with nothing that keeps the process alive: it has to be called.
          else endTest(run).then(done, done);
        });
      });
    };
  },
  async afterEach() {
    const { currentTest: test } = this;
    const run = test === undefined ? undefined : runs.get(test);
    if (run === undefined || run.scope.hasEnded) return;
    this.timeout(0);
    const leak = await endTest(run);
    // Fails the test, where throwing would fail the hook and end the run.
    if (leak !== undefined) this.test?.error(leak);
  },
};

/** Hooks of one's own may still give back what the test holds. */
function hasHooksToCome(test: Test): boolean {
  return suitesOf(test).some((suite) => suite.getHooks?.('afterEach').some(({ fn }) => fn !== hooks.afterEach));
}

/** Mocha calls the hooks of a suite in their order, and those that `--require` brings are first. */
function moveLast(test: Test): void {
  const list = suitesOf(test).at(-1)?.getHooks?.('afterEach');
  const index = list?.findIndex(({ fn }) => fn === hooks.afterEach) ?? -1;
  if (list !== undefined && index >= 0) list.push(...list.splice(index, 1));
}

/** From the inside out. */
function suitesOf({ parent }: Test): readonly Suite[] {
  const suites: Suite[] = [];
  for (let suite = parent; suite !== undefined; suite = suite.parent) suites.push(suite);
  return suites;
}

// Imported in a test file: its hooks are those of all files, and watch only whoever asks them to.
const { beforeEach, afterEach } = globalThis as { readonly beforeEach?: unknown; readonly afterEach?: unknown };
if (isMethod(beforeEach) && isMethod(afterEach)) {
  beforeEach(hooks.beforeEach);
  afterEach(hooks.afterEach);
}

/** What Mocha takes from a file that `--require` loads. */
export const mochaHooks: RootHooks = {
  beforeEach() {
    expected ??= {};
    hooks.beforeEach.call(this);
  },
  // The same function, by which it is known.
  afterEach: hooks.afterEach,
};
