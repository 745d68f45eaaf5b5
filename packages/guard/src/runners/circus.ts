import { isMethod, type Method } from '../adapt/patch.ts';
import { readLeakOptions, type LeakOptions } from './options.ts';
import type { TestRun } from './test-run.ts';
import { abandonTest, endTest, expectNoLeaks, inTest, startTest } from './tests.ts';

/** What a test file of Jest gets. */
export interface JestLeaks {
  /**
   * Fails every test of the file that leaks a connection.
   *
   * @throws LifeguardError `LIFEGUARD_BAD_OPTION`.
   */
  readonly failOnLeaks: (options?: LeakOptions) => void;
  readonly expectNoLeaks: typeof expectNoLeaks;
}

/** What is used of a test, a hook and a block of jest-circus, in any realm. */
interface Called {
  fn?: unknown;
}
interface Test extends Called {
  readonly type: 'test';
  readonly name: string;
  readonly concurrent?: boolean;
  readonly parent?: Block;
  readonly errors: unknown[];
}
interface Hook extends Called {
  readonly type: string;
}
interface Block {
  readonly type: 'describeBlock';
  readonly name: string;
  readonly parent?: Block;
  readonly hooks: readonly Hook[];
  readonly children: readonly (Block | Test)[];
}
interface Event {
  readonly name: string;
  readonly test?: Test;
}
interface State {
  readonly rootDescribeBlock: Block;
}

/** Where jest-circus keeps those whom it tells, one list for each test file. */
const handlersKey = Symbol.for('EVENT_HANDLERS');

const connected = new WeakMap<object, JestLeaks>();

/**
 * Listens to the tests of a file.
 *
 * The events are those that a test environment gets in `handleTestEvent`; they are awaited, and
 * whoever is first has his say before the result is reported.
 *
 * @param realm - The global object of the test file.
 */
export function connect(realm: object): JestLeaks {
  const handlers: unknown = Reflect.get(realm, handlersKey);
  if (!Array.isArray(handlers)) throw new TypeError('@lifeguard/guard/jest has to be loaded by Jest with jest-circus: in setupFilesAfterEnv, or in a test file.');
  const known = connected.get(handlers);
  if (known !== undefined) return known;
  let expected: LeakOptions | undefined;
  const tests = new Tests(() => expected);
  handlers.unshift((event: Event, state: State) => tests.hear(event, state));
  const made = { failOnLeaks: (options: LeakOptions = {}) => void (expected = readLeakOptions(options, 'failOnLeaks')), expectNoLeaks };
  connected.set(handlers, made);
  return made;
}

/** The tests of a file. */
class Tests {
  readonly #expected: () => LeakOptions | undefined;
  readonly #runs = new Map<Test, TestRun>();
  /** The test whose hooks run. */
  #sequential: Test | undefined;

  constructor(expected: () => LeakOptions | undefined) {
    this.#expected = expected;
  }

  hear({ name, test }: Event, { rootDescribeBlock }: State): Promise<void> | undefined {
    if (name === 'run_start') this.#place(rootDescribeBlock);
    if (test === undefined) return undefined;
    if (name === 'test_start') {
      if (test.concurrent !== true) this.#sequential = test;
      this.#runOf(test);
    }
    if (name === 'test_skip' || name === 'test_todo') this.#abandon(test);
    return name === 'test_done' ? this.#end(test) : undefined;
  }

  /** Older versions call the functions of concurrent tests before they tell that these start. */
  #runOf(test: Test): TestRun {
    let run = this.#runs.get(test);
    if (run === undefined) this.#runs.set(test, (run = startTest(titleOf(test), this.#expected())));
    return run;
  }

  /** Puts tests and hooks where the test runs: what is called as a handler is awaited, and gives its context to nobody. */
  #place({ hooks, children }: Block): void {
    for (const hook of hooks) {
      if (hook.type === 'beforeEach' || hook.type === 'afterEach') placeIn(hook, () => this.#sequential && this.#runOf(this.#sequential));
    }
    for (const child of children) {
      if (child.type === 'test') placeIn(child, () => this.#runOf(child));
      else this.#place(child);
    }
  }

  async #end(test: Test): Promise<void> {
    const run = this.#runs.get(test);
    if (run === undefined) return;
    const leak = await endTest(run);
    this.#runs.delete(test);
    if (leak !== undefined) test.errors.push(leak);
  }

  #abandon(test: Test): void {
    const run = this.#runs.get(test);
    if (run !== undefined) abandonTest(run);
    this.#runs.delete(test);
  }
}

function placeIn(called: Called, runOf: () => TestRun | undefined): void {
  const { fn } = called;
  if (!isMethod(fn)) return;
  const placed: Method = isGenerator(fn) ? stepsOf(fn, runOf) : function (...args) {
    const run = runOf();
    const call = (): unknown => Reflect.apply(fn, this, args);
    return run === undefined ? call() : inTest(run, call);
  };
  // Whoever takes an argument wants to be told when he is done.
  Object.defineProperty(placed, 'length', { value: fn.length });
  called.fn = placed;
}

function isGenerator(fn: Method): boolean {
  return Object.prototype.toString.call(fn) === '[object GeneratorFunction]';
}

/** Jest takes steps through a generator function, and knows it by what it is. */
function stepsOf(fn: Method, runOf: () => TestRun | undefined): Method {
  return function* (this: unknown, ...args: unknown[]): Generator<unknown, unknown> {
    const run = runOf();
    const inRun = <T>(part: () => T): T => (run === undefined ? part() : inTest(run, part));
    const steps = inRun(() => Reflect.apply(fn, this, args)) as Generator<unknown, unknown>;
    let step = inRun(() => steps.next());
    while (step.done !== true) {
      let next: () => IteratorResult<unknown, unknown>;
      try {
        const value: unknown = yield step.value;
        next = () => steps.next(value);
      } catch (error) {
        next = () => steps.throw(error);
      }
      step = inRun(next);
    }
    return step.value;
  };
}

function titleOf({ name, parent }: Test): string {
  const names = [name];
  for (let block = parent; block?.parent !== undefined; block = block.parent) names.unshift(block.name);
  return names.join(' ');
}
