import { doingOf } from './lease/doing.ts';
import type { Doing } from './lease/exhaustion.ts';
import type { Ledger } from './lease/ledger.ts';
import type { Lease, LeaseState } from './lease/lease.ts';
import { siteOf, type CallSite } from './lease/site.ts';
import { lastQueryOf } from './lease/statement.ts';

/** Who holds a connection. */
export interface Holder {
  /** The lease's number, unique in the process. */
  readonly lease: number;
  readonly state: Extract<LeaseState, 'held' | 'suspected' | 'leaked'>;
  /** What the connection is doing. */
  readonly doing: Doing;
  /** Where it was acquired; absent where stacks are off. */
  readonly site?: CallSite;
  readonly scope?: string;
  readonly heldMs: number;
  /** How long nothing has run on it, in ms. */
  readonly idleMs: number;
  /** The last statement, without parameters and literals. */
  readonly lastQuery?: string;
  /** The server's number of the connection. */
  readonly serverId?: string | number;
  /** Why it is held on purpose, as `hold` was told. */
  readonly intent?: string;
}

const ranks = { leaked: 0, suspected: 1, held: 2 } as const;

/** The open leases of callers, most suspicious first, then oldest first. */
export function holdersOf(ledger: Ledger): readonly Holder[] {
  const nowMs = ledger.clock.now();
  return [...ledger.open]
    .filter(({ isInternal }) => !isInternal)
    .map((lease) => holderOf(lease, nowMs))
    .sort((one, other) => ranks[one.state] - ranks[other.state] || other.heldMs - one.heldMs);
}

function holderOf(lease: Lease, nowMs: number): Holder {
  const { id, state, acquiredAt, scope, heldMs, activeMs, ledger, resource, intent } = lease;
  const site = siteOf(acquiredAt);
  const lastQuery = lastQueryOf(lease);
  const serverId = ledger.adapter.serverIdOf(resource);
  const doing = doingOf(lease);
  return {
    lease: id,
    state: state === 'suspected' || state === 'leaked' ? state : 'held',
    doing,
    ...(site === undefined ? {} : { site }),
    ...(scope === undefined ? {} : { scope: scope.label }),
    heldMs: nowMs - heldMs,
    idleMs: doing === 'running SQL' ? 0 : nowMs - activeMs,
    ...(lastQuery === undefined ? {} : { lastQuery }),
    ...(serverId === undefined ? {} : { serverId }),
    ...(intent === undefined ? {} : { intent }),
  };
}
