import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Ledger } from '../lease/ledger.ts';
import type { CallSite } from '../lease/site.ts';
import { WeakMembers } from '../lease/weak-members.ts';

/** How often a site has acquired and given back, of the checkouts whose stack was captured in full. */
export interface Checkouts {
  /** The book that was counted in, to tell pools of one name apart. */
  readonly ledger: object;
  /** The name of the pool. */
  readonly pool: string;
  readonly site: CallSite;
  /** Since the pool is guarded. */
  readonly count: number;
}

/** Channels, and not functions, so that another copy of the package is heard too. */
const question = 'lifeguard:checkouts?';
const news = 'lifeguard:guarded';

const ledgers = new WeakMembers<Ledger>();
let listens = false;

/** Counts with this pool, until the returned function is called, or the pool is gone. */
export function countCheckouts(ledger: Ledger): () => void {
  if (!listens) subscribe(question, answer);
  listens = true;
  ledgers.add(ledger);
  channel(news).publish(undefined);
  return () => ledgers.delete(ledger);
}

function answer(asked: unknown): void {
  for (const ledger of ledgers) {
    ledger.contain('checkouts', () => {
      for (const { site, hold } of ledger.siteTimes.read()) {
        (asked as Checkouts[]).push({ ledger, pool: ledger.name, site, count: hold.count });
      }
    });
  }
}

/** Asks all guarded pools of the process. Reads stacks: not for what happens all the time. */
export function checkoutsNow(): readonly Checkouts[] {
  const found: Checkouts[] = [];
  channel(question).publish(found);
  return found;
}

/** Calls as soon as a pool is guarded, at once where one has been, until the returned function is called. */
export function whenGuarded(call: () => void): () => void {
  if (channel(question).hasSubscribers) {
    call();
    return () => undefined;
  }
  const hear = (): void => {
    unsubscribe(news, hear);
    call();
  };
  subscribe(news, hear);
  return () => void unsubscribe(news, hear);
}
