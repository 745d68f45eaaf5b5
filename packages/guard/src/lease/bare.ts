import { isMethod, type Method } from '../adapt/patch.ts';
import { disposerOf } from './dispose.ts';
import { giveBack } from './give-back.ts';
import type { Lease } from './lease.ts';

/**
 * Watches for the return of a resource that is lent as the driver made it.
 *
 * Methods that are the resource's own for this checkout are replaced, and the pool overwrites them
 * at the next; elsewhere the pool's own method of taking back is told the resource.
 *
 * @returns What stands in the place of the function that the driver hands over with the resource.
 */
export function watchBare(lease: Lease): Method | undefined {
  const { resource, lends, ledger, done } = lease;
  if (typeof resource !== 'object' || resource === null || Object.isFrozen(resource)) {
    ledger.byResource.set(resource, lease);
    return undefined;
  }
  let standIn: Method | undefined;
  for (const [name, ending] of lends.endings) {
    if (!Object.hasOwn(resource, name)) continue;
    const original: unknown = Reflect.get(resource, name);
    const release: Method = (...args) => giveBack(lease, ending, args, release);
    if (isMethod(original)) (lease.replaced ??= new Map<string, Method>()).set(ending.method, original);
    Reflect.set(resource, name, release);
    if (original === done) standIn = release;
  }
  if (ledger.adapter.owners.length > 0) ledger.byResource.set(resource, lease);
  if (!lease.isInternal) makeDisposable(lease, resource);
  return standIn;
}

const disposers = new WeakSet();

/** For the time of the checkout, as a handle is; `using` takes the method when it begins. */
function makeDisposable(lease: Lease, resource: object): void {
  for (const key of [Symbol.dispose, Symbol.asyncDispose] as const) {
    const dispose = key in resource ? undefined : disposerOf(lease, key);
    if (dispose === undefined) continue;
    disposers.add(dispose);
    Object.defineProperty(resource, key, { value: dispose, configurable: true, enumerable: false });
  }
}

/** Takes our symbols away again. */
export function unmakeDisposable({ resource }: Lease): void {
  if (typeof resource !== 'object' || resource === null) return;
  for (const key of [Symbol.dispose, Symbol.asyncDispose]) {
    const dispose: unknown = Object.getOwnPropertyDescriptor(resource, key)?.value;
    if (typeof dispose === 'function' && disposers.has(dispose)) Reflect.deleteProperty(resource, key);
  }
}
