import type { Adapter, LentType } from '../adapt/adapter.ts';
import type { Method } from '../adapt/patch.ts';
import type { Clock } from '../clock.ts';
import type { Options } from '../options.ts';
import type { Gate } from './gate.ts';
import { Histogram } from './histogram.ts';
import { Lease } from './lease.ts';
import type { Heard, Tell } from './notice.ts';
import { Queue } from './queue.ts';
import { currentScope } from './scope.ts';
import type { CallSite } from './site.ts';
import { SitesTimes } from './site-times.ts';
import { Sampler, type Stack } from './stack.ts';

/** What is counted since the pool is guarded. */
export interface Tally {
  acquired: number;
  refused: number;
  returned: number;
  destroyed: number;
  /** The driver's own short checkouts. */
  internal: number;
  timeouts: number;
  suspected: number;
  leaks: number;
  returnedLate: number;
  reclaims: number;
  staleHandles: number;
  staleDiscards: number;
  dirtyReturns: number;
  connectionsCreated: number;
  connectionsDestroyed: number;
  connectionsLost: number;
}

type Gates = { readonly [K in Exclude<keyof Gate, 'isOfScopes'>]-?: NonNullable<Gate[K]>[] };

/** The book of one guarded pool: who waits, who holds, and what was counted. Nothing else keeps leases. */
export class Ledger {
  readonly name: string;
  readonly adapter: Adapter;
  readonly options: Options;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly #heard: Heard;
  /** Asked, oldest first. */
  readonly waiting = new Queue();
  /** Lent, oldest first. */
  readonly open = new Queue();
  /** Who holds a resource, for those that the driver gives back by the resource alone. */
  readonly byResource = new Map<unknown, Lease>();
  /** The driver's own methods that take back what is passed to them, by name. */
  readonly owners = new Map<string, Method>();
  /** What stands between the pool and its callers, by what it looks at. */
  readonly gates: Gates = { refuse: [], admit: [], takeBack: [], refused: [], asked: [], lent: [], fail: [], operated: [], failed: [], ended: [] };
  /** The same, for leases of a scope alone. */
  readonly #ofScopes: Pick<Gates, 'asked' | 'lent' | 'ended'> = { asked: [], lent: [], ended: [] };
  readonly sampler: Sampler;
  /** How long callers waited, and how long connections were held, the driver's own checkouts too. */
  readonly waits = new Histogram();
  readonly holds = new Histogram();
  readonly siteTimes = new SitesTimes();
  /** Since when the pool is guarded. */
  readonly sinceMs: number;
  /** Where the last leak was acquired. */
  lastLeak: CallSite | undefined;
  readonly tally: Tally = {
    acquired: 0, refused: 0, returned: 0, destroyed: 0, internal: 0, timeouts: 0, suspected: 0, leaks: 0, returnedLate: 0,
    reclaims: 0, staleHandles: 0, staleDiscards: 0, dirtyReturns: 0, connectionsCreated: 0, connectionsDestroyed: 0, connectionsLost: 0,
  };
  /** Takes away what was put on a resource that is lent bare. */
  forget: ((lease: Lease) => void) | undefined;
  /** The pool is guarded no more: open leases end under their fence, new ones are not opened. */
  isClosed = false;
  #emptied: (() => void) | undefined;

  constructor(name: string, adapter: Adapter, options: Options, tell: Tell, heard: Heard) {
    this.name = name;
    this.adapter = adapter;
    this.options = options;
    this.clock = options.clock;
    this.tell = tell;
    this.#heard = heard;
    this.sampler = new Sampler(options.stacks);
    this.sinceMs = options.clock.now();
  }

  /** Lets a watcher stand at the gate, after those who stand there. */
  post({ isOfScopes, refuse, admit, takeBack, refused, asked, lent, fail, operated, failed, ended }: Gate): void {
    const told = isOfScopes === true ? this.#ofScopes : this.gates;
    if (refuse !== undefined) this.gates.refuse.push(refuse);
    if (fail !== undefined) this.gates.fail.push(fail);
    if (admit !== undefined) this.gates.admit.push(admit);
    if (takeBack !== undefined) this.gates.takeBack.push(takeBack);
    if (refused !== undefined) this.gates.refused.push(refused);
    if (asked !== undefined) told.asked.push(asked);
    if (lent !== undefined) told.lent.push(lent);
    if (operated !== undefined) this.gates.operated.push(operated);
    if (failed !== undefined) this.gates.failed.push(failed);
    if (ended !== undefined) told.ended.push(ended);
  }

  /** Calls once nobody holds a connection of it. */
  whenEmpty(call: () => void): void {
    if (this.open.size === 0) call();
    else this.#emptied = call;
  }

  /** The pool is guarded no more. */
  close(): void {
    this.isClosed = true;
    for (const gates of [...Object.values(this.gates), ...Object.values(this.#ofScopes)]) gates.length = 0;
  }

  /** Somebody asks for a connection. */
  ask(lends: LentType, isInternal: boolean, nowMs: number, stack: Stack | undefined): Lease {
    const lease = new Lease(this, lends, nowMs, isInternal, currentScope(), stack);
    this.waiting.add(lease);
    if (lease.scope !== undefined) {
      lease.scope.waiting += 1;
      for (const asked of this.#ofScopes.asked) asked(lease);
    }
    for (const asked of this.gates.asked) asked(lease);
    return lease;
  }

  /** The driver delivered, and the caller is about to have it. */
  lend(lease: Lease, resource: unknown, done: Method | undefined, nowMs: number): void {
    this.waiting.delete(lease);
    lease.deliver(resource, done, nowMs);
    this.open.add(lease);
    if (lease.scope !== undefined) {
      lease.scope.waiting -= 1;
      lease.scope.open += 1;
    }
    if (lease.isInternal) this.tally.internal += 1;
    else this.tally.acquired += 1;
    for (const lent of this.gates.lent) lent(lease);
    if (lease.scope !== undefined) for (const lent of this.#ofScopes.lent) lent(lease);
    if (!lease.isInternal && this.#heard.acquired.hasSubscribers) this.tell('acquired', lease, {});
  }

  /** Nothing is lent. */
  refuse(lease: Lease): void {
    if (!this.waiting.delete(lease)) return;
    if (lease.scope !== undefined) lease.scope.waiting -= 1;
    lease.refuse(this.clock.now());
    this.tally.refused += 1;
    this.#over(lease);
  }

  /** The connection is no longer its owner's. */
  end(lease: Lease, state: 'returned' | 'destroyed' | 'reclaimed', nowMs: number): void {
    if (!this.open.delete(lease)) return;
    const { evidence } = lease;
    const wasLate = lease.state === 'suspected' || lease.state === 'leaked';
    lease.end(state, nowMs);
    this.forget?.(lease);
    if (this.open.size === 0) this.#emptied?.();
    if (this.byResource.size > 0 && this.byResource.get(lease.resource) === lease) this.byResource.delete(lease.resource);
    if (lease.scope !== undefined) lease.scope.open -= 1;
    if (state === 'returned') this.tally.returned += 1;
    if (state === 'destroyed') this.tally.destroyed += 1;
    this.#over(lease);
    if (lease.isInternal) return;
    if (wasLate && evidence !== undefined && state !== 'reclaimed') {
      this.tally.returnedLate += 1;
      this.tell('returned-late', lease, { evidence });
    }
    if (state !== 'reclaimed' && this.#heard.returned.hasSubscribers) this.tell('returned', lease, {});
  }

  #over(lease: Lease): void {
    for (const ended of this.gates.ended) ended(lease);
    if (lease.scope !== undefined) for (const ended of this.#ofScopes.ended) ended(lease);
  }

  /** An operation has failed, or a connection. */
  failed(lease: Lease | undefined, error: unknown, resource: unknown): void {
    for (const failed of this.gates.failed) this.contain('failed operation', () => failed(lease, error, resource));
  }

  /** Whoever holds this resource now. */
  holderOf(resource: unknown): Lease | undefined {
    for (const lease of this.open) if (lease.resource === resource) return lease;
    return undefined;
  }

  /** Runs a part of the guard whose failure must not reach the application. */
  contain(during: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.failedDuring(during, error);
    }
  }

  /** Tells that a part of the guard has failed. */
  failedDuring(during: string, error: unknown): void {
    this.tell('guard-error', undefined, { message: error instanceof Error ? error.message : String(error), during });
  }
}
