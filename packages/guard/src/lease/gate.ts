import type { Loan } from '../adapt/adapter.ts';
import type { Lease } from './lease.ts';

/** Stands between the pool and the caller, when a connection is handed out and when it comes back. */
export interface Gate {
  /** Nothing but leases of a scope concerns it when it is told that somebody asks, has or is done. */
  readonly isOfScopes?: boolean;
  /** Refuses a caller before the pool is asked for him. */
  readonly refuse?: (lease: Lease) => Error | undefined;
  /**
   * Looks at a connection before the caller gets it, queued callers too. `false` has it destroyed
   * and another asked for; a rejection refuses the caller.
   */
  readonly admit?: (lease: Lease, loan: Loan, nowMs: number) => boolean | Promise<boolean>;
  /**
   * Looks at a connection when its owner gives it back, before the pool has it. `undefined` lets it
   * pass, `'destroy'` gives it up at once; a promise holds it back until it is fit or given up.
   */
  readonly takeBack?: (lease: Lease) => undefined | 'destroy' | Promise<'release' | 'destroy'>;
  /** The driver has refused, and the caller is about to hear of it; what is added to its error comes along. */
  readonly refused?: (lease: Lease, error: unknown) => void;
  /** A caller has started to wait. */
  readonly asked?: (lease: Lease) => void;
  /** The caller has the connection. */
  readonly lent?: (lease: Lease) => void;
  /** Fails an operation before the driver has it; called after `operated`. */
  readonly fail?: (lease: Lease, operation: PropertyKey, text: string | undefined) => Error | undefined;
  /** An operation was started through the handle; the text is that of its statement, where it has one. */
  readonly operated?: (lease: Lease, operation: PropertyKey, text: string | undefined) => void;
  /** An operation has failed, or the connection itself, which nobody may hold. */
  readonly failed?: (lease: Lease | undefined, error: unknown, resource: unknown) => void;
  /** The lease is over, however it ended. */
  readonly ended?: (lease: Lease) => void;
}
