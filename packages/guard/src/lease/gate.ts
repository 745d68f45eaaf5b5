import type { Loan } from '../adapt/adapter.ts';
import type { Lease } from './lease.ts';

/** Stands between the pool and the caller, when a connection is handed out and when it comes back. */
export interface Gate {
  /**
   * Looks at a connection before the caller gets it, queued callers too. `false` has it destroyed
   * and another asked for; a rejection refuses the caller.
   */
  readonly admit?: (lease: Lease, loan: Loan) => boolean | Promise<boolean>;
  /**
   * Looks at a connection when its owner gives it back, before the pool has it. `undefined` lets it
   * pass at once; a promise holds it back until it is fit (`'release'`) or given up (`'destroy'`).
   */
  readonly takeBack?: (lease: Lease) => undefined | Promise<'release' | 'destroy'>;
  /** A caller has started to wait. */
  readonly asked?: (lease: Lease) => void;
  /** The caller has the connection. */
  readonly lent?: (lease: Lease) => void;
  /** The lease is over, however it ended. */
  readonly ended?: (lease: Lease) => void;
}
