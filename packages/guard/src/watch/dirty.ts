import { healthOf } from '../adapt/health/index.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import type { Evidence } from '../lease/notice.ts';
import { captureHere } from '../lease/stack.ts';
import { Drain } from './drain.ts';
import { opensTransaction, turnsAutocommit } from './opening.ts';
import type { Watcher } from './watcher.ts';

type Found = Evidence['dirty-return']['found'];
type Action = Evidence['dirty-return']['action'];
type Fate = 'release' | 'destroy';

/** Sees that a connection comes back to the pool as it left it: with nothing running, and outside of a transaction. */
export function dirty(ledger: Ledger): Watcher {
  const { adapter, tally, options } = ledger;
  const health = healthOf(adapter);
  const drain = new Drain(ledger, health);
  /** Leases that the driver has stopped waiting for, while the server may be at work. */
  const givenUp = new WeakSet<Lease>();
  /** Leases through which a statement passed that opens a transaction. */
  const opened = new WeakSet<Lease>();
  /** Connections of which any statement may have opened one. */
  const implicit = new WeakSet();

  return {
    name: 'dirty',
    gate: {
      takeBack,
      failed(lease, error) {
        if (lease !== undefined && health.isGivenUp(error)) givenUp.add(lease);
      },
      // Nobody need be asked where the driver keeps what the server says.
      ...(health.askTransaction === undefined ? {} : { operated }),
    },
    stop: () => drain.stop(),
  };

  function operated(lease: Lease, operation: PropertyKey, text: string | undefined): void {
    if (opensTransaction(operation, text)) opened.add(lease);
    if (!turnsAutocommit(text)) return;
    const connection = health.connectionOf(lease.resource);
    if (connection !== undefined) implicit.add(connection);
  }

  function takeBack(lease: Lease): undefined | 'destroy' | Promise<Fate> {
    if (lease.unfit !== undefined && !givenUp.has(lease)) return undefined;
    const rest = health.restOf(lease.resource, lease.running);
    if (rest === 'quiet') return judge(lease);
    // The driver's own checkout ends where its query does, which may not have been cleared away yet.
    if (lease.isInternal || health.isDead(lease.resource)) return undefined;
    remember(lease);
    if (givenUp.has(lease)) return destroy(lease, 'timed-out-query');
    if (rest === 'open') return destroy(lease, 'open-cursor');
    return settle(lease, rest === 'busy');
  }

  async function settle(lease: Lease, isBusy: boolean): Promise<Fate> {
    const isQuiet = await drain.quiet(lease);
    if (ledger.isClosed) return 'release';
    if (!isQuiet) return destroy(lease, 'busy');
    if (isBusy) report(lease, 'busy', 'drained');
    if (lease.unfit !== undefined) return 'destroy';
    return (await judge(lease)) ?? 'release';
  }

  /** Nothing runs any more: is a transaction open? */
  function judge(lease: Lease): undefined | 'destroy' | Promise<Fate> {
    const { resource } = lease;
    const known = adapter.transactionOf(resource);
    if (known === 'none') return undefined;
    if ((known === undefined && !isSuspect(lease)) || health.isDead(resource)) return undefined;
    remember(lease);
    if (known === undefined) return inquire(lease);
    return known === 'open' && health.opensOnError ? askAgain(lease) : tidy(lease, known === 'failed' ? 'failed-transaction' : 'transaction');
  }

  /** Any answer of the server brings the driver up to date. */
  async function askAgain(lease: Lease): Promise<Fate> {
    const isAnswered = await drain.answer((told) => (health.ping === undefined ? told(undefined) : health.ping(lease.resource, told)));
    if (ledger.isClosed) return 'release';
    if (!isAnswered) return destroy(lease, 'busy');
    return adapter.transactionOf(lease.resource) === 'none' ? 'release' : ((await tidy(lease, 'transaction')) ?? 'release');
  }

  function isSuspect(lease: Lease): boolean {
    if (health.askTransaction === undefined || lease.isInternal) return false;
    const connection = health.connectionOf(lease.resource);
    return opened.has(lease) || (connection !== undefined && implicit.has(connection)) || health.opensImplicitly(lease.resource);
  }

  /** The driver does not know, but the server does. */
  async function inquire(lease: Lease): Promise<Fate> {
    const transaction: { isOpen: boolean } = { isOpen: true };
    const isAnswered = await drain.answer((told) =>
      health.askTransaction?.(lease.resource, (error, answer) => {
        transaction.isOpen = answer === true;
        told(error);
      }),
    );
    if (ledger.isClosed) return 'release';
    if (!isAnswered) return destroy(lease, 'busy');
    return transaction.isOpen ? ((await tidy(lease, 'transaction')) ?? 'release') : 'release';
  }

  function tidy(lease: Lease, found: Found): undefined | 'destroy' | Promise<Fate> {
    if (options.dirtyReturn === 'rollback') return rollBack(lease, found);
    if (options.dirtyReturn === 'destroy') return destroy(lease, found);
    report(lease, found, 'warned');
    return undefined;
  }

  async function rollBack(lease: Lease, found: Found): Promise<Fate> {
    const { resource } = lease;
    const { rollback } = health;
    const isDone = rollback !== undefined && (await drain.answer((told) => rollback(resource, told)));
    if (ledger.isClosed) return 'release';
    const left = adapter.transactionOf(resource);
    if (!isDone || (left !== undefined && left !== 'none')) return destroy(lease, found);
    report(lease, found, 'rolled-back');
    return 'release';
  }

  function destroy(lease: Lease, found: Found): 'destroy' {
    report(lease, found, 'destroyed');
    return 'destroy';
  }

  /** A facade of the driver may stand between the caller and the release; now his stack still does too. */
  function remember(lease: Lease): void {
    if (options.stacks !== 'off' && lease.isOpen && lease.releasedAt?.isFull !== true) lease.releasedAt = captureHere();
  }

  function report(lease: Lease, found: Found, action: Action): void {
    tally.dirtyReturns += 1;
    ledger.tell('dirty-return', lease, { found, action }, lease.releasedAt);
  }
}
