import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import types from 'node:util/types';
import type { Acquire } from '@lifeguard/catalogue';
import type { AcquireMethod } from '../adapt/adapter.ts';
import { isMethod, methodOf, type Method, type Patches } from '../adapt/patch.ts';
import { isObject } from '../adapt/path.ts';
import { unwatchBare, watchBare } from './bare.ts';
import { giveBack, returnUnused } from './give-back.ts';
import { canBeFenced, Fence, fenceOf } from './handle.ts';
import type { Arrival, Lease, Reply } from './lease.ts';
import type { Ledger } from './ledger.ts';
import { capture, Stack } from './stack.ts';

/** A test runner may have made them in a realm of its own, where `instanceof` does not know them. */
const { isNativeError, isPromise } = types;

/** The driver has answered; what follows the arrival asks it again. */
type Delivered = (lease: Lease, arrival: Arrival, form: Acquire | undefined, original: Method, receiver: unknown, args: unknown[]) => void;

/** Replaces the pool's methods that lend and take back by ones that keep the ledger. */
export class Lending {
  readonly #ledger: Ledger;
  /** How many of the pool's own methods that acquire by themselves are on the stack. */
  #inside = 0;
  /** The method of the facade in front of the pool that the caller called, while it runs. */
  #facade: Method | undefined;
  /** Who has called a method of the driver that asks for a connection later. */
  #callers: AsyncLocalStorage<{ stack: Stack | undefined }> | undefined;
  /** Our own callbacks in the queue of a pool that asks itself again for its waiters. */
  readonly #queued = new WeakSet<Method>();

  /** One function for all callbacks: each has enough to remember of its own. */
  readonly #delivered: Delivered = (lease, arrival, form, original, receiver, args) => {
    if (arrival.error) this.#fail(lease, arrival);
    else this.#arrive(lease, arrival, form, original, receiver, args);
  };

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /**
   * @param returning - The patches of what takes back: a handle goes through them for as long as one
   * is held, also when the pool is guarded no more.
   */
  install(patches: Patches, returning: Patches): void {
    const { adapter, options } = this.#ledger;
    if (options.handles === 'bare') this.#ledger.forget = unwatchBare;
    for (const acquire of adapter.acquires) this.#lend(patches, acquire);
    for (const scope of adapter.scopes) this.#run(patches, scope);
    adapter.watchRuns(patches, { inside: (run) => this.#asOwn(run), calledBy: (method) => this.#calledBy(method) });
    for (const owner of adapter.owners) this.#own(returning, owner);
    for (const taker of adapter.takers) this.#take(returning, taker);
    if (adapter.pool !== adapter.core) for (const { method } of adapter.acquires) this.#face(patches, method);
  }

  /** A method that lends. */
  #lend(patches: Patches, acquire: AcquireMethod): void {
    const { adapter, clock, sampler } = this.#ledger;
    const lend = this.#acquire.bind(this, acquire);
    const isInternal = (): boolean => this.#inside > 0;
    const facade = (): Method | undefined => this.#facade;
    const takeCaller = (): Stack | undefined => {
      const caller = this.#callers?.getStore();
      const stack = caller?.stack;
      if (caller !== undefined) caller.stack = undefined;
      return stack;
    };
    const isAgain = (last: unknown): boolean => isMethod(last) && this.#queued.has(last);
    patches.place(adapter.core, acquire.method, (original) => {
      function ours(this: unknown, ...args: unknown[]): unknown {
        if (patches.isUndone || isAgain(args.at(-1))) return Reflect.apply(original, this, args);
        const nowMs = clock.now();
        const depth = isInternal() ? 0 : sampler.depth(nowMs);
        const earlier = isInternal() ? undefined : takeCaller();
        if (earlier !== undefined) return lend(original, this, args, nowMs, earlier);
        if (depth === 0) return lend(original, this, args, nowMs, undefined);
        const stack = new Stack(depth > 1);
        const above = facade() ?? ours;
        const { stackTraceLimit } = Error;
        Error.stackTraceLimit = depth;
        Error.captureStackTrace(stack, above);
        Error.stackTraceLimit = stackTraceLimit;
        return lend(original, this, args, nowMs, sampler.deepen(stack, above));
      }
      return ours;
    });
  }

  /** A method that acquires and releases by itself: what it acquires is its own. */
  #run(patches: Patches, name: string): void {
    const asOwn = this.#asOwn.bind(this);
    patches.replace(this.#ledger.adapter.core, name, (original) => function (this: unknown, ...args) {
      return asOwn(() => Reflect.apply(original, this, args));
    });
  }

  /** The caller's stack is captured while he is on it, and goes with what is run for him. */
  #calledBy(method: Method): <T>(run: () => T) => T {
    const { clock, sampler } = this.#ledger;
    const depth = sampler.depth(clock.now());
    if (depth === 0) return (run) => run();
    const callers = (this.#callers ??= new AsyncLocalStorage());
    const caller: { stack: Stack | undefined } = { stack: sampler.deepen(capture(method, depth), method) };
    return (run) => callers.run(caller, run);
  }

  #asOwn<T>(run: () => T): T {
    this.#inside += 1;
    try {
      return run();
    } finally {
      this.#inside -= 1;
    }
  }

  /** A method that takes back what is passed to it. */
  #own(patches: Patches, ending: Ledger['adapter']['owners'][number]): void {
    const ledger = this.#ledger;
    patches.replace(ledger.adapter.core, ending.method, (original, ours) => {
      ledger.owners.set(ending.method, original);
      return function (this: unknown, given, ...args) {
        const lease = fenceOf(given)?.lease;
        if (lease?.ledger === ledger) return giveBack(lease, ending, args, ours);
        const bare = ledger.byResource.get(given);
        if (bare !== undefined) return giveBack(bare, ledger.adapter.isClosed(given) ? { ...ending, destroys: () => true } : ending, args, ours);
        return Reflect.apply(original, this, [lease === undefined ? given : lease.resource, ...args]);
      };
    });
  }

  /** A method that takes a lent resource as its first argument. */
  #take(patches: Patches, name: string): void {
    patches.replace(this.#ledger.adapter.core, name, (original) => function (this: unknown, given, ...args) {
      const lease = fenceOf(given)?.lease;
      return Reflect.apply(original, this, [lease?.isOpen === true ? lease.resource : given, ...args]);
    });
  }

  /** The facade's own method of the same name: whoever called it is the caller. */
  #face(patches: Patches, name: string): void {
    const stand = (method: Method | undefined): Method | undefined => {
      const before = this.#facade;
      this.#facade = method;
      return before;
    };
    const disposable = this.#disposable.bind(this);
    patches.replace(this.#ledger.adapter.pool, name, (original, ours) => function (this: unknown, ...args) {
      const before = stand(ours);
      try {
        const lent = Reflect.apply(original, this, args);
        return isPromise(lent) ? lent.then((face: unknown) => disposable(face)) : lent;
      } finally {
        stand(before);
      }
    });
  }

  /** A face disposes of its connection by another release, which after a first one is nobody's mistake. */
  #disposable(face: unknown): unknown {
    const lease = fenceOf(this.#ledger.adapter.behind(face))?.lease;
    const dispose = methodOf(face, Symbol.asyncDispose);
    if (lease === undefined || dispose === undefined || !isObject(face)) return face;
    const value = async (): Promise<void> => {
      if (lease.isOpen) await Reflect.apply(dispose, face, []);
    };
    Object.defineProperty(face, Symbol.asyncDispose, { value, configurable: true, writable: true });
    return face;
  }

  #acquire(acquire: AcquireMethod, original: Method, receiver: unknown, args: unknown[], nowMs: number, stack: Stack | undefined): unknown {
    const ledger = this.#ledger;
    const lease = ledger.ask(acquire.lends, this.#inside > 0, nowMs, stack);
    const last = args.at(-1);
    if (acquire.callback !== undefined && typeof last === 'function') {
      return this.#toCallback(lease, acquire.callback, original, receiver, args, last as Method);
    }
    if (acquire.promise !== undefined) return this.#toPromise(lease, acquire, original, receiver, args);
    if (acquire.pending !== undefined) return this.#toPending(lease, acquire.pending, original, receiver, args);
    ledger.refuse(lease);
    return Reflect.apply(original, receiver, args);
  }

  #toCallback(lease: Lease, form: Acquire, original: Method, receiver: unknown, args: unknown[], callback: Method): unknown {
    const at = form.callback ?? { error: 0, resource: 1 };
    // A waiter's callback runs in the context of whoever releases; it belongs in its caller's.
    const context = lease.isInternal ? undefined : new AsyncResource('LifeguardAcquire');
    lease.reply = (_isLent, lent, done, { error, receiver: on }) => {
      const answer: unknown[] = [];
      answer[at.error] = error;
      answer[at.resource] = lent;
      if (at.release !== undefined) answer[at.release] = done;
      if (context === undefined) Reflect.apply(callback, on, answer);
      else context.runInAsyncScope(callback, on, ...answer);
    };
    return this.#ask(lease, form, original, receiver, args.slice(0, -1));
  }

  #toPromise(lease: Lease, { promise, callback }: AcquireMethod, original: Method, receiver: unknown, args: unknown[]): unknown {
    return new Promise((resolve, reject) => {
      lease.reply = callback === undefined ? settling(resolve, reject) : (isLent, lent, _done, { error }) => resolve(isLent ? lent : rejection(error));
      this.#ask(lease, callback ?? promise, original, receiver, args);
    });
  }

  /** The caller gets the driver's own pending object, with our promise in the place of its. */
  #toPending(lease: Lease, form: Acquire, original: Method, receiver: unknown, args: unknown[]): unknown {
    let pending: unknown;
    const promise = new Promise((resolve, reject) => {
      lease.reply = settling(resolve, reject);
      pending = this.#ask(lease, form, original, receiver, args);
    });
    if (typeof pending === 'object' && pending !== null) Reflect.set(pending, form.property ?? 'promise', promise);
    return pending;
  }

  /** Asks the driver once, in a form it has, for a lease whose caller may have asked in another. */
  #ask(lease: Lease, form: Acquire | undefined, original: Method, receiver: unknown, args: unknown[]): unknown {
    for (const refuse of this.#ledger.gates.refuse) {
      const error = refuse(lease);
      if (error === undefined) continue;
      this.#ledger.refuse(lease);
      process.nextTick(answer, lease, false, undefined, undefined, failure(error));
      return form?.property === undefined ? undefined : {};
    }
    try {
      if (form?.callback !== undefined) {
        const { error, resource, release } = form.callback;
        const delivered = this.#delivered;
        function answered(this: unknown, ...answer: unknown[]): void {
          const done = release === undefined ? undefined : answer[release];
          const arrival = { error: answer[error], resource: answer[resource], done: isMethod(done) ? done : undefined, receiver: this };
          delivered(lease, arrival, form, original, receiver, args);
        }
        const asked: unknown = Reflect.apply(original, receiver, [...args, answered]);
        const queued = this.#ledger.adapter.lastWaiter();
        if (isMethod(queued)) this.#queued.add(queued);
        return asked;
      }
      const result = Reflect.apply(original, receiver, args);
      const asked: unknown = form?.property === undefined ? result : Reflect.get(Object(result), form.property);
      if (form?.property !== undefined) lease.pending = result;
      Promise.resolve(asked).then(
        (resource: unknown) => this.#arrive(lease, { error: undefined, resource, done: undefined }, form, original, receiver, args),
        (error: unknown) => this.#fail(lease, failure(error)),
      );
      return result;
    } catch (error) {
      this.#ledger.refuse(lease);
      throw error;
    }
  }

  /** The driver has refused. */
  #fail(lease: Lease, arrival: Arrival): void {
    if (lease.state !== 'waiting') return;
    for (const refused of this.#ledger.gates.refused) refused(lease, arrival.error);
    this.#ledger.refuse(lease);
    answer(lease, false, arrival.resource, arrival.done, arrival);
  }

  /** The driver has delivered: the gates look, then the caller gets a handle; what follows `arrival` asks again. */
  #arrive(lease: Lease, arrival: Arrival, form: Acquire | undefined, original: Method, receiver: unknown, args: unknown[]): void {
    const { gates, adapter, clock } = this.#ledger;
    // Its caller gave up: what came too late goes straight back.
    if (lease.state !== 'waiting') {
      returnUnused(lease, arrival);
      return;
    }
    // Its signal may have been aborted in this very turn.
    if (lease.scope?.signal?.aborted === true) {
      refuseWaiter(lease, lease.scope.signal.reason);
      returnUnused(lease, arrival);
      return;
    }
    const nowMs = clock.now();
    for (const admit of gates.admit) {
      const fit = admit(lease, arrival, nowMs);
      if (fit === true) continue;
      void Promise.resolve(fit).then(
        (isFit) => {
          if (!isFit) adapter.destroy(arrival);
          if (lease.state !== 'waiting') {
            if (isFit) returnUnused(lease, arrival);
          } else if (isFit) this.#hand(lease, arrival, clock.now());
          else this.#ask(lease, form, original, receiver, args);
        },
        (error: unknown) => {
          adapter.destroy(arrival);
          this.#fail(lease, failure(error));
        },
      );
      return;
    }
    this.#hand(lease, arrival, nowMs);
  }

  #hand(lease: Lease, arrival: Arrival, nowMs: number): void {
    const ledger = this.#ledger;
    const { resource, done } = arrival;
    if (ledger.isClosed) {
      ledger.refuse(lease);
      answer(lease, true, resource, done, arrival);
      return;
    }
    ledger.lend(lease, resource, done, nowMs);
    if (lease.isInternal || ledger.options.handles === 'bare' || !canBeFenced(resource)) {
      answer(lease, true, resource, watchBare(lease) ?? done, arrival);
      return;
    }
    const fence = new Fence(lease, resource);
    lease.fence = fence;
    answer(lease, true, fence.handle, done === undefined ? undefined : fence.done, arrival);
  }
}

/** Answers a waiting caller with an error, before the pool does; what the pool sends later goes straight back. */
export function refuseWaiter(lease: Lease, error: unknown): void {
  if (lease.state !== 'waiting') return;
  const { ledger, pending } = lease;
  ledger.refuse(lease);
  answer(lease, false, undefined, undefined, failure(error));
  if (pending !== undefined) ledger.contain('withdraw', () => ledger.adapter.withdraw(pending));
}

function settling(resolve: (given: unknown) => void, reject: (error: unknown) => void): Reply {
  return (isLent, lent, _done, { error }) => (isLent ? resolve(lent) : reject(error));
}

/**
 * Rejects with a stack that leads to who awaits, as pg's own promise does: what the callback brought
 * leads to the socket. V8 can tell once the caller's promise is bound to this one.
 */
async function rejection(error: unknown): Promise<never> {
  await Promise.resolve();
  await Promise.resolve();
  if (isNativeError(error) && !Object.isFrozen(error)) Error.captureStackTrace(error, rejection);
  throw error;
}

function failure(error: unknown): Arrival {
  return { error, resource: undefined, done: undefined };
}

/** Answers the caller, once. */
function answer(lease: Lease, isLent: boolean, lent: unknown, done: Method | undefined, arrival: Arrival): void {
  const { reply } = lease;
  lease.reply = undefined;
  reply?.(isLent, lent, done, arrival);
}
