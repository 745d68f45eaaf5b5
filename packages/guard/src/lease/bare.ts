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
  if (typeof resource !== 'object' || resource === null || !Object.isExtensible(resource)) {
    ledger.byResource.set(resource, lease);
    return undefined;
  }
  let standIn: Method | undefined;
  const hasOwners = ledger.adapter.owners.length > 0;
  for (const [name, ending] of lends.endings) {
    const isOwn = Object.hasOwn(resource, name);
    if (!isOwn && hasOwners) continue;
    const original: unknown = Reflect.get(resource, name);
    if (!isMethod(original)) continue;
    const release: Method = (...args) =>
      // The driver's own method may call another one that is replaced.
      lease.isGoingBack ? Reflect.apply(original, resource, args) : giveBack(lease, ending, args, release);
    (lease.replaced ??= new Map<string, Method>()).set(ending.method, original);
    if (!isOwn) ours.add(release);
    Object.defineProperty(resource, name, { value: release, configurable: true, writable: true, enumerable: isOwn });
    if (original === done) standIn = release;
  }
  if (hasOwners) ledger.byResource.set(resource, lease);
  if (!lease.isInternal) makeDisposable(lease, resource);
  return standIn;
}

/** What is put on a resource, and taken away when it goes back. */
const ours = new WeakSet();

/** For the time of the checkout, as a handle is; `using` takes the method when it begins. */
function makeDisposable(lease: Lease, resource: object): void {
  for (const key of [Symbol.dispose, Symbol.asyncDispose] as const) {
    const dispose = key in resource ? undefined : disposerOf(lease, key);
    if (dispose === undefined) continue;
    ours.add(dispose);
    Object.defineProperty(resource, key, { value: dispose, configurable: true, enumerable: false });
  }
}

/** Takes away again what the driver had not put there itself. */
export function unwatchBare({ resource, lends }: Lease): void {
  if (typeof resource !== 'object' || resource === null) return;
  for (const key of [Symbol.dispose, Symbol.asyncDispose, ...lends.endings.keys()]) {
    const found: unknown = Object.getOwnPropertyDescriptor(resource, key)?.value;
    if (isMethod(found) && ours.has(found)) Reflect.deleteProperty(resource, key);
  }
}
