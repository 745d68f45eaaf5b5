import type { Ending } from '../adapt/adapter.ts';
import { isMethod, type Method } from '../adapt/patch.ts';
import { disposerOf, isDisposal, type Disposal } from './dispose.ts';
import { giveBack } from './give-back.ts';
import { keepAlive } from './keep.ts';
import type { Lease } from './lease.ts';
import { wrapperOf } from './methods.ts';

/** Leads from a handle to its fence, across copies of the package. */
const fenceKey = Symbol.for('@lifeguard/guard.fence');

/**
 * Stands around the driver's object for the time of one checkout.
 *
 * It is the handler of the handle's proxy, and so as reachable as the handle: a method taken out of
 * it, `done`, and what {@link keepAlive} notes lead to it too. Nothing of the guard does once the
 * sweep has registered it, so that its collection proves that nobody can give the connection back.
 */
export class Fence implements ProxyHandler<object> {
  readonly lease: Lease;
  readonly handle: object;
  /** The endings that the caller took, by name: the same function each time, as the driver's is. */
  #taken: Map<PropertyKey, Method> | undefined;
  #done: Method | undefined;
  /** What the caller has put in the place of an ending, for this checkout: a wrapper around it. */
  #replaced: Map<PropertyKey, unknown> | undefined;

  constructor(lease: Lease, resource: object) {
    this.lease = lease;
    this.handle = new Proxy(resource, this);
  }

  get(target: object, key: PropertyKey): unknown {
    if (key === fenceKey) return this;
    // Every promise of a handle asks for it.
    if (key === 'then' && !(key in target)) return undefined;
    const { lends } = this.lease;
    const ending = lends.endings.get(key);
    if (ending !== undefined) return this.#replaced?.has(key) === true ? this.#replaced.get(key) : this.ending(key, ending);
    if (isDisposal(key)) return this.#disposer(target, key);
    const value: unknown = Reflect.get(target, key);
    if (isMethod(value)) return wrapperOf(this.lease, target, key, value);
    return lends.belonging === key && !this.lease.isOpen ? undefined : value;
  }

  set(target: object, key: PropertyKey, value: unknown): boolean {
    if (this.lease.lends.endings.has(key)) {
      (this.#replaced ??= new Map<PropertyKey, unknown>()).set(key, value);
      return true;
    }
    return Reflect.set(target, key, value);
  }

  has(target: object, key: PropertyKey): boolean {
    return key === fenceKey || Reflect.has(target, key) || (isDisposal(key) && this.#disposer(target, key) !== undefined);
  }

  /** The function that gives back this checkout and no other. */
  ending(key: PropertyKey, ending: Ending): Method {
    const { lends } = this.lease;
    // pg hands over one function twice, as `client.release` and as `done`.
    if (ending === lends.release && lends.done !== undefined) return this.done;
    const taken = this.#taken?.get(key);
    if (taken !== undefined) return taken;
    const made = this.#bind(ending);
    (this.#taken ??= new Map()).set(key, made);
    return made;
  }

  /** What the driver hands over beside the resource. */
  get done(): Method {
    const { done, release } = this.lease.lends;
    const ending = done ?? release;
    if (ending === undefined) return () => undefined;
    return (this.#done ??= this.#bind(ending));
  }

  #bind(ending: Ending): Method {
    const release = (...args: unknown[]): unknown => giveBack(this.lease, ending, args, release);
    return release;
  }

  /**
   * Kept alive by its own reference to the fence: what waits at the end of a block may be all that
   * is left of the handle.
   */
  #disposer(target: object, key: Disposal): unknown {
    const dispose = disposerOf(this.lease, key);
    if (dispose === undefined) return Reflect.get(target, key);
    keepAlive(this, dispose);
    return dispose;
  }
}

/** The fence of a handle; `undefined` for anything else. */
export function fenceOf(value: unknown): Fence | undefined {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined;
  const fence: unknown = Reflect.get(value, fenceKey);
  // A handle of another copy of the package has a fence of another class, of the same shape.
  return isFence(fence) ? fence : undefined;
}

function isFence(value: unknown): value is Fence {
  return typeof value === 'object' && value !== null && 'lease' in value && 'handle' in value;
}

/** May the resource stand behind a proxy? A primitive cannot, and one that is frozen, or sealed, would show it. */
export function canBeFenced(resource: unknown): resource is object {
  return typeof resource === 'object' && resource !== null && Object.isExtensible(resource);
}
