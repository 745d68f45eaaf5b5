import type { Ledger, Tally } from './lease/ledger.ts';

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
}

/** The numbers of a guarded pool now. */
export function statsOf({ name, adapter, tally }: Ledger): PoolStats {
  const { active, idle, waiting, max, total } = adapter.counts();
  const utilisation = active === undefined || max === undefined || max === 0 ? undefined : active / max;
  return { pool: name, active, idle, waiting, max, total, utilisation, ...tally };
}
