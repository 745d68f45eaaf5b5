import { AsyncLocalStorage } from 'node:async_hooks';
import { LifeguardError } from '../errors.ts';
import type { Lease } from '../lease/lease.ts';
import { onLedger } from '../lease/ledgers.ts';
import { endScope, enterScope, within } from '../lease/scope.ts';
import { shared } from '../lease/shared.ts';
import { faultOf } from './faults.ts';
import { leakError } from './leak-error.ts';
import { readLeakOptions, type LeakOptions } from './options.ts';
import { nestedCheckout } from './pool-of-one.ts';
import { settled } from './settle.ts';
import { TestRun } from './test-run.ts';

/** The test of the running code. */
const current = shared('test', () => new AsyncLocalStorage<TestRun>());
/** The tests of the runner that run now. */
const running = shared('running-tests', () => new Set<TestRun>());
/** Whose a lease is. */
const runs = shared('tests-of-leases', () => new WeakMap<Lease, TestRun>());
const watching = shared('watching', () => ({ isWatching: false }));

/** Starts a test. */
export function startTest(name: string, options?: LeakOptions): TestRun {
  watch();
  const run = new TestRun(name, options);
  running.add(run);
  return run;
}

/** Runs a part of a test, so that what it acquires is the test's. */
export function inTest<T>(run: TestRun, part: () => T): T {
  return current.run(run, () => within(run.scope, part));
}

/** The same for all that follows from the running code, where a runner offers no function to wrap. */
export function enterTest(run: TestRun): void {
  current.enterWith(run);
  enterScope(run.scope);
}

/** The test of the running code, while it runs. */
export function currentTest(): TestRun | undefined {
  const run = current.getStore();
  return run?.scope.hasEnded === true ? undefined : run;
}

/** Ends a test, once what it holds has had its time to come back: the error with which it fails, if it leaks. */
export async function endTest(run: TestRun): Promise<LifeguardError | undefined> {
  await settled(run);
  return abandonTest(run);
}

/** Ends a test at once. */
export function abandonTest(run: TestRun): LifeguardError | undefined {
  running.delete(run);
  const { leaks } = run;
  run.leases.clear();
  endScope(run.scope);
  return leaks.length === 0 ? undefined : leakError(run.scope.label, leaks, run.thrown);
}

/**
 * Fails the running test if a connection that it acquires is not given back when it has ended.
 *
 * @throws LifeguardError `LIFEGUARD_OUTSIDE_TEST`, `LIFEGUARD_BAD_OPTION`.
 */
export function expectNoLeaks(options?: LeakOptions): void;
/**
 * Rejects if a connection that the function acquires is not given back when it has ended, or its
 * promise has settled. It needs no test around it. What the function itself fails with goes first,
 * with the leak as its `cause`; an error that can take none, or has one, is the cause of the leak.
 */
export function expectNoLeaks<T>(part: () => T | PromiseLike<T>, options?: LeakOptions): Promise<T>;
export function expectNoLeaks<T>(given: LeakOptions | (() => T | PromiseLike<T>) = {}, last: LeakOptions = {}): void | Promise<T> {
  if (typeof given === 'function') return expectOf(given, readLeakOptions(last, 'expectNoLeaks'));
  const options = readLeakOptions(given, 'expectNoLeaks');
  const run = currentTest();
  if (run === undefined) throw new LifeguardError('LIFEGUARD_OUTSIDE_TEST', '`expectNoLeaks()` was called where no test is known to run.');
  run.expect(options);
}

async function expectOf<T>(part: () => T | PromiseLike<T>, options: LeakOptions): Promise<T> {
  watch();
  const run = new TestRun(currentTest()?.scope.label ?? 'expectNoLeaks', options);
  let result: T;
  try {
    result = await inTest(run, part);
  } catch (error) {
    const leak = await endTest(run);
    if (leak === undefined || takesCause(error, leak)) throw error;
    leak.cause = error;
    throw leak;
  }
  const leak = await endTest(run);
  if (leak !== undefined) throw leak;
  return result;
}

/** Puts a leak on the error with which the function that leaked has failed, if it has room for it. */
function takesCause(error: unknown, leak: LifeguardError): boolean {
  if (typeof error !== 'object' || error === null || Reflect.get(error, 'cause') !== undefined) return false;
  return Reflect.defineProperty(error, 'cause', { value: leak, configurable: true, writable: true });
}

/** The test of whoever asks: of his context, or the only one that runs, where he has none of his own, as a server has. */
function testOfCaller(): TestRun | undefined {
  const own = current.getStore();
  if (own !== undefined || running.size !== 1) return own;
  const [only] = running;
  return only;
}

function watch(): void {
  if (watching.isWatching) return;
  watching.isWatching = true;
  onLedger((ledger) =>
    ledger.post({
      asked(lease) {
        const run = testOfCaller();
        if (run === undefined || run.scope.hasEnded) return;
        runs.set(lease, run);
        if (!lease.isInternal) run.leases.add(lease);
      },
      ended(lease) {
        if (lease.state !== 'reclaimed') runs.get(lease)?.leases.delete(lease);
      },
      refuse(lease) {
        const run = runs.get(lease);
        return run?.options?.poolOfOne === true ? nestedCheckout(run, lease) : undefined;
      },
      fail(lease, operation, text) {
        const run = runs.get(lease);
        return run?.options?.faults === undefined ? undefined : faultOf(run, run.options.faults, lease, operation, text);
      },
    }),
  );
}
