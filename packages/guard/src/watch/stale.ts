import type { Loan } from '../adapt/adapter.ts';
import { surviveErrors } from '../adapt/health/ask.ts';
import { healthOf, type Told } from '../adapt/health/index.ts';
import type { Timer } from '../clock.ts';
import { LifeguardError } from '../errors.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import { refuseWaiter } from '../lease/lend.ts';
import type { Evidence } from '../lease/notice.ts';
import { heed } from './failover.ts';
import { Generation } from './generation.ts';
import { isClosed, Pasts, type Past } from './past.ts';
import type { Watcher } from './watcher.ts';

type Reason = Evidence['stale-discarded']['reason'];

/** How many connections a pool has that does not tell: the default of every driver. */
const usualMax = 10;

/** Longer than a busy process is ever late. */
const frozenMs = 1000;

/** Sees that nobody is lent a connection that is dead, as far as that can be known in time. */
export function stale(ledger: Ledger): Watcher {
  const { adapter, clock, tally, options } = ledger;
  const { ping } = options;
  const health = healthOf(adapter);
  const generation = new Generation(clock);
  const pasts = new Pasts(ledger, health);
  /** How many connections a caller was spared. */
  const spared = new WeakMap<Lease, number>();
  /** What remains to callers who were spared one. */
  const limits = new Map<Lease, Timer>();
  const stopHearing = adapter.onLifecycle({
    // It may be told of late, when it has been lent already.
    created(resource) {
      if (pasts.of(resource) === undefined) pasts.begin(resource, generation.number);
    },
    destroyed: () => undefined,
  });

  return {
    name: 'stale',
    gate: { admit, takeBack, lent: unlimit, ended, failed: (lease, error) => heed(health, generation, lease, error) },
    resumed(pausedMs) {
      if (pausedMs >= frozenMs) generation.end();
    },
    stop() {
      stopHearing();
      for (const timer of limits.values()) timer.cancel();
    },
  };

  function admit(lease: Lease, loan: Loan, nowMs: number): boolean | Promise<boolean> {
    const past = pasts.of(loan.resource) ?? pasts.begin(loan.resource, generation.number);
    if (past === undefined) return true;
    generation.look(nowMs);
    const { isNew } = past;
    past.isNew = false;
    if (isClosed(past)) {
      generation.end();
      return discard(lease, past, 'dead-socket');
    }
    if (nowMs >= past.expiresMs) return discard(lease, past, 'too-old');
    const asked = questionFor(past, isNew, nowMs);
    return asked === undefined ? true : answered(lease, loan, past, asked);
  }

  /** What the server has to be asked before the connection is lent, if anything. */
  function questionFor({ proven, freeMs }: Past, isNew: boolean, nowMs: number): ((resource: unknown, told: Told) => void) | undefined {
    if (ping === false) return undefined;
    const isSuspect = proven !== generation.number;
    const isIdle = ping.afterIdleMs === 0 || nowMs - freeMs > ping.afterIdleMs;
    const ofPrimary = ping.role === 'primary' && (isNew || isIdle || isSuspect);
    if (ofPrimary || proven < generation.demoted) return health.askReadOnly ?? health.ping;
    return isSuspect || isIdle ? health.ping : undefined;
  }

  /** Asks, and waits for the answer for no longer than `ping.timeoutMs`. */
  function answered(lease: Lease, { resource }: Loan, past: Past, ask: (resource: unknown, told: Told) => void): Promise<boolean> {
    const { number } = generation;
    const stopListening = surviveErrors(resource);
    return new Promise<boolean>((resolve, reject) => {
      let isOver = false;
      const end = (reason: Reason | undefined, error?: unknown): void => {
        if (isOver) return;
        isOver = true;
        timer.cancel();
        stopListening();
        if (reason === undefined) {
          past.proven = number;
          past.freeMs = clock.now();
          resolve(true);
          return;
        }
        if (reason === 'read-only') generation.demote();
        else generation.end();
        Promise.resolve(discard(lease, past, reason, error)).then(resolve, reject);
      };
      const timer = clock.after(ping === false ? 0 : ping.timeoutMs, () => end('ping-timeout'));
      ask(resource, (error, isReadOnly) => {
        if (error !== undefined) end('ping-failed', error);
        else end(isReadOnly === true ? 'read-only' : undefined);
      });
    });
  }

  /** A connection is not lent; its caller gets another, unless he has been through the whole pool. */
  function discard(lease: Lease, { freeMs }: Past, reason: Reason, error?: unknown): false | Promise<false> {
    tally.staleDiscards += 1;
    ledger.tell('stale-discarded', lease, { reason, idleMs: clock.now() - freeMs });
    const count = (spared.get(lease) ?? 0) + 1;
    spared.set(lease, count);
    if (count === 1) limit(lease);
    const { max = usualMax } = adapter.counts();
    return count <= max ? false : Promise.reject(unusable(ledger, count, reason, error));
  }

  /** The pool begins to count anew with every connection that it is asked for: the caller has waited since his call. */
  function limit(lease: Lease): void {
    const limitMs = health.acquireLimitMs(adapter.core);
    const error = health.acquireTimeout();
    if (limitMs === undefined || error === undefined) return;
    const timer = clock.after(Math.max(0, lease.askedMs + limitMs - clock.now()), () => {
      for (const refused of ledger.gates.refused) refused(lease, error);
      refuseWaiter(lease, error);
    });
    limits.set(lease, timer);
  }

  function unlimit(lease: Lease): void {
    if (limits.size === 0) return;
    limits.get(lease)?.cancel();
    limits.delete(lease);
  }

  function takeBack(lease: Lease): 'destroy' | undefined {
    const { unfit, isLostConnection } = lease;
    if (unfit === undefined) return undefined;
    // That it is lost was told when it happened.
    if (unfit !== 'closed' && !isLostConnection) {
      tally.staleDiscards += 1;
      ledger.tell('stale-discarded', lease, { reason: unfit, idleMs: clock.now() - lease.activeMs });
    }
    return 'destroy';
  }

  function ended(lease: Lease): void {
    const { resource, endedMs } = lease;
    unlimit(lease);
    const past = pasts.of(resource);
    if (past !== undefined) past.freeMs = endedMs;
  }
}

/** What a caller is told who was spared as many connections as the pool may have, and one more. */
function unusable({ name }: Ledger, count: number, reason: Reason, cause: unknown): LifeguardError {
  const sentence = `${count} connections of "${name}" in a row were not fit to be lent, the last ${lasts[reason]}.`;
  return new LifeguardError('LIFEGUARD_NO_USABLE_CONNECTION', sentence, cause === undefined ? {} : { cause });
}

const lasts: Readonly<Record<Reason, string>> = {
  'dead-socket': 'because its socket was dead',
  'ping-failed': 'because it did not pass a ping',
  'ping-timeout': 'because it did not answer a ping in time',
  'too-old': 'because it was too old',
  'read-only': 'because its server takes no writes',
  shutdown: 'because its server is shutting down',
};
