import type { TestRun } from './test-run.ts';

/** Taken at once: a test may have put fake timers in its place. */
const { setTimeout } = globalThis;

const defaultMs = 500;
const longestMs = 100;

/**
 * Waits until a test holds nothing that it would leak, with growing pauses, for `settleMs` at most.
 *
 * The pauses are added up and no clock is read, which a test may have put forward. Its timers keep
 * the process alive: the test is not over before they are.
 */
export async function settled(run: TestRun): Promise<void> {
  const { settleMs = defaultMs } = run.options ?? {};
  let passedMs = 0;
  for (let pauseMs = 1; isUnsettled(run) && passedMs < settleMs; pauseMs = Math.min(longestMs, 2 * pauseMs)) {
    const nextMs = Math.min(pauseMs, settleMs - passedMs);
    await new Promise((resolve) => setTimeout(resolve, nextMs));
    passedMs += nextMs;
  }
}

/** What the guard has taken back will not come back by waiting. */
function isUnsettled(run: TestRun): boolean {
  return run.options !== undefined && (run.isWaiting || run.leaks.some(({ isOpen }) => isOpen));
}
