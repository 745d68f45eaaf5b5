import { LifeguardError } from '../errors.ts';
import type { Exhaustion } from '../lease/exhaustion.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import { refuseWaiter } from '../lease/lend.ts';
import { describe, exhaustionOf } from './exhaustion.ts';
import { Sweep } from './sweep.ts';
import type { Watcher } from './watcher.ts';

/** Fails callers that have waited for `acquireTimeoutMs`, and tells those whom the driver fails who holds the connections. */
export function timeout(ledger: Ledger): Watcher {
  const { waiting, options, clock, name } = ledger;
  const { acquireTimeoutMs } = options;
  const explained = new WeakSet();
  return {
    name: 'timeout',
    gate: {
      refused(lease, error) {
        if (!isTimeout(error) || explained.has(error)) return;
        explained.add(error);
        ledger.tally.timeouts += 1;
        ledger.contain('acquire timeout', () => explain(error, exhaustionOf(ledger, clock.now() - lease.askedMs)));
      },
    },
    // The sweep has to come by once in the limit, and comes four times.
    ...(acquireTimeoutMs === false ? {} : { limitMs: acquireTimeoutMs * 4, survey: (nowMs: number) => failOverdue(acquireTimeoutMs, nowMs) }),
  };

  /** The oldest stands first, and all have the same time. */
  function failOverdue(limitMs: number, nowMs: number): void {
    for (const lease of waiting) {
      const waitedMs = nowMs - lease.askedMs;
      if (waitedMs < limitMs) {
        Sweep.of(clock).wakeWithin(limitMs - waitedMs);
        return;
      }
      fail(lease, waitedMs);
    }
  }

  function fail(lease: Lease, waitedMs: number): void {
    ledger.tally.timeouts += 1;
    const found = exhaustionOf(ledger, waitedMs);
    const sentence = `No connection of "${name}" came free within ${Math.round(waitedMs)} ms: ${describe(found)}`;
    const error = new LifeguardError('LIFEGUARD_ACQUIRE_TIMEOUT', sentence);
    attach(error, found);
    refuseWaiter(lease, error);
  }
}

/** Drivers name it in their class, their code or their words, and never in the same place. */
function isTimeout(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return error.name === 'TimeoutError' || /TIMEOUT|TIMEDOUT/u.test(code) || /time(?:d[ -])?out/iu.test(error.message);
}

/** The error keeps its class, its code and the beginning of its message. */
function explain(error: Error, found: Exhaustion): void {
  const before = error.message;
  error.message = `${before} – ${describe(found)}`;
  if (typeof error.stack === 'string') error.stack = error.stack.replace(before, () => error.message);
  attach(error, found);
}

/** Not enumerable, so that whoever copies or compares errors sees the driver's own fields. */
function attach(error: Error, found: Exhaustion): void {
  Object.defineProperty(error, 'lifeguard', { value: found, configurable: true, writable: true, enumerable: false });
}
