import types from 'node:util/types';
import type { LentType } from '../adapt/adapter.ts';
import { isMethod, type Method } from '../adapt/patch.ts';
import { fenceOf, type Fence } from './handle.ts';
import { keepAlive } from './keep.ts';
import type { Lease } from './lease.ts';
import { failCall, failStale } from './stale-use.ts';

/** A test runner may have made them in a realm of its own, where `instanceof` does not know them. */
const { isNativeError, isPromise } = types;

interface Wrapped {
  readonly original: Method;
  readonly wrapper: unknown;
}

/** One wrapper per method of a type, shared by all handles: it finds its lease through `this`. */
const wrapped = new WeakMap<LentType, Map<PropertyKey, Wrapped>>();
const wrappers = new WeakSet<Method>();

/** What a handle shows for a method of the resource. */
export function wrapperOf(lease: Lease, target: object, key: PropertyKey, value: Method): unknown {
  const { lends } = lease;
  let methods = wrapped.get(lends);
  if (methods === undefined) wrapped.set(lends, (methods = new Map<PropertyKey, Wrapped>()));
  const known = methods.get(key);
  if (known?.original === value) return known.wrapper;
  const wrapper = wrap(lends, target, key, value);
  methods.set(key, { original: value, wrapper });
  return wrapper;
}

function wrap(lends: LentType, target: object, key: PropertyKey, value: Method): unknown {
  // A wrapper comes back when somebody has put what he read from a handle onto the driver's object.
  if (wrappers.has(value) || key === 'constructor' || isClass(value)) return value;
  const isOperation = lends.operations.has(key);
  // What somebody has stored on the connection is his own, and has to stay the same function.
  if (Object.hasOwn(target, key) && !isOperation) return value;
  const call = callOf(lends, key);
  const form = { isPromised: false };
  function method(this: unknown, ...args: unknown[]): unknown {
    const fence = fenceOf(this);
    return fence === undefined ? Reflect.apply(value, this, args) : call(fence, key, value, args, method, form);
  }
  Object.defineProperty(method, 'name', { value: value.name, configurable: true });
  Object.defineProperty(method, 'length', { value: value.length, configurable: true });
  wrappers.add(method);
  return method;
}

function isClass(value: Method): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}

function callOf({ operations, usable, faces, isOpaque }: LentType, key: PropertyKey): Call {
  if (operations.has(key)) return operate;
  if (usable.has(key)) return pass;
  if (faces.has(key)) return face;
  return isOpaque ? tryOut : use;
}

/** How a method answers, as far as was seen. */
interface Form {
  isPromised: boolean;
}

type Call = (fence: Fence, key: PropertyKey, value: Method, args: unknown[], self: Method, form: Form) => unknown;

/** A member that is legal at any time. */
const pass: Call = (fence, _key, value, args) => answer(fence, Reflect.apply(value, fence.lease.resource, args));

/** A method that only a holder may call. */
const use: Call = (fence, key, value, args, self) =>
  fence.lease.isOpen ? streaming(fence, Reflect.apply(value, fence.lease.resource, args)) : failStale(fence.lease, key, args, self);

/** A method of which no record says what it does: what it answers tells. */
const tryOut: Call = (fence, key, value, args, self, form) => {
  const { lease } = fence;
  if (!lease.isOpen) return failStale(lease, key, args, self, form.isPromised);
  lease.activeMs = lease.ledger.clock.now();
  const fault = faultOf(lease, key, textOf(args[0]));
  if (fault !== undefined) return failCall(lease, key, args, fault, form.isPromised);
  const result = Reflect.apply(value, lease.resource, args);
  if (!isPromise(result)) return streaming(fence, result);
  form.isPromised = true;
  lease.lastText = textOf(args[0]) ?? lease.lastText;
  return awaited(fence, result);
};

/** A method that makes another face of the connection, which has to stand on the handle. */
const face: Call = (fence, key, value, args, self) =>
  fence.lease.isOpen ? Reflect.apply(value, fence.handle, args) : failStale(fence.lease, key, args, self);

/** A method that starts work: the lease runs until its callback or its promise. */
const operate: Call = (fence, key, value, args, self) => {
  const { lease } = fence;
  if (!lease.isOpen) return failStale(lease, key, args, self);
  const callback = args.at(-1);
  lease.activeMs = lease.ledger.clock.now();
  const text = textOf(args[0]);
  lease.lastText = text ?? lease.lastText;
  for (const operated of lease.ledger.gates.operated) operated(lease, key, text);
  const fault = faultOf(lease, key, text);
  if (fault !== undefined) return failCall(lease, key, args, fault);
  if (isMethod(callback)) {
    args[args.length - 1] = counted(fence, callback);
    return kept(fence, Reflect.apply(value, lease.resource, args));
  }
  const result = Reflect.apply(value, lease.resource, args);
  if (!isPromise(result)) {
    if (typeof result === 'object') lease.hasStreams = true;
    return kept(fence, result);
  }
  return awaited(fence, result);
};

function faultOf(lease: Lease, key: PropertyKey, text: string | undefined): Error | undefined {
  for (const fail of lease.ledger.gates.fail) {
    const fault = fail(lease, key, text);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The lease runs until the promise settles. */
function awaited(fence: Fence, result: Promise<unknown>): unknown {
  const { lease } = fence;
  lease.running += 1;
  return kept(fence, result.then(
    (answered: unknown) => {
      stop(lease);
      keepUser(fence, answered);
      return answered;
    },
    (error: unknown) => {
      stop(lease);
      lease.ledger.failed(lease, error, lease.resource);
      throw error;
    },
  ));
}

/** What goes on using the connection by itself: a prepared statement. Rows and results do not. */
function keepUser(fence: Fence, answered: unknown): void {
  if (typeof answered === 'object' && answered !== null && 'execute' in answered) keepAlive(fence, answered);
}

/** What may go on using the connection by itself, without a call through the handle. */
function streaming(fence: Fence, result: unknown): unknown {
  if (typeof result !== 'object' || result === null || result === fence.lease.resource) return answer(fence, result);
  if ('pipe' in result) fence.lease.hasStreams = true;
  return kept(fence, result);
}

function counted(fence: Fence, callback: Method): Method {
  const { lease, handle } = fence;
  lease.running += 1;
  let isRunning = true;
  return function (this: unknown, ...args) {
    if (isRunning) stop(lease);
    isRunning = false;
    keepUser(fence, args[1]);
    if (isNativeError(args[0])) lease.ledger.failed(lease, args[0], lease.resource);
    // The handle is named here so that a callback that still has to come keeps it.
    return Reflect.apply(callback, this === lease.resource ? handle : this, args);
  };
}

function stop(lease: Lease): void {
  lease.running -= 1;
  lease.activeMs = lease.ledger.clock.now();
}

function kept(fence: Fence, result: unknown): unknown {
  keepAlive(fence, result);
  return answer(fence, result);
}

/** A method that answers with the connection answers with the handle: `client.on(…).on(…)`. */
function answer(fence: Fence, result: unknown): unknown {
  return result === fence.lease.resource ? fence.handle : result;
}

/** The statement in the first argument: a string, or the `text` or `sql` of an object; never its values. */
function textOf(query: unknown): string | undefined {
  if (typeof query === 'string') return query;
  if (typeof query !== 'object' || query === null) return undefined;
  if ('text' in query && typeof query.text === 'string') return query.text;
  return 'sql' in query && typeof query.sql === 'string' ? query.sql : undefined;
}
