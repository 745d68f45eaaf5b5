import { giveBack } from './give-back.ts';
import type { Lease } from './lease.ts';

/** The two symbols of `using` and `await using`. */
export type Disposal = typeof Symbol.dispose | typeof Symbol.asyncDispose;

/** Is it one of them? */
export function isDisposal(key: PropertyKey): key is Disposal {
  return key === Symbol.dispose || key === Symbol.asyncDispose;
}

/**
 * Gives back what is still held, and does nothing after a release; `undefined` for the symbol that
 * could not wait for the driver's release.
 */
export function disposerOf(lease: Lease, key: Disposal): (() => unknown) | undefined {
  const ending = lease.lends.release ?? lease.ledger.adapter.owners.find(({ destroys }) => !destroys([]));
  if (ending === undefined || (key === Symbol.dispose && ending.settles !== 'sync')) return undefined;
  const dispose = (): unknown => (lease.isOpen ? giveBack(lease, ending, [], dispose) : undefined);
  if (key === Symbol.dispose) return dispose;
  return async () => {
    await dispose();
  };
}
