import type { Distribution } from './lease/histogram.ts';
import type { Ledger, Tally } from './lease/ledger.ts';
import type { SiteTimes } from './lease/site-times.ts';

/** The state of a pool in numbers; `undefined` where the driver does not tell. */
export interface PoolStats extends Readonly<Tally> {
  /** The name of the pool. */
  readonly pool: string;
  /** Connections that are lent, by the pool's own count. */
  readonly active: number | undefined;
  readonly idle: number | undefined;
  readonly waiting: number | undefined;
  readonly max: number | undefined;
  readonly total: number | undefined;
  /** `active` of `max`, from 0 to 1. */
  readonly utilisation: number | undefined;
  /** How long callers waited for a connection, those of `pool.query` too. */
  readonly wait: Distribution;
  /** How long connections were held, by the driver for `pool.query` too. */
  readonly hold: Distribution;
  /** The same by call site, the one that held longest in sum first: of the checkouts whose stack was captured in full. */
  readonly sites: readonly SiteTimes[];
}

/** The numbers of a guarded pool now. */
export function statsOf({ name, adapter, tally, waits, holds, siteTimes }: Ledger): PoolStats {
  const { active, idle, waiting, max, total } = adapter.counts();
  const utilisation = active === undefined || max === undefined || max === 0 ? undefined : active / max;
  return { pool: name, active, idle, waiting, max, total, utilisation, wait: waits.read(), hold: holds.read(), sites: siteTimes.read(), ...tally };
}
