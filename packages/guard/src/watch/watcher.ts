import type { Gate } from '../lease/gate.ts';
import type { Lease } from '../lease/lease.ts';

/**
 * Watches the leases of one pool for one kind of evidence. It looks when the sweep comes by, and
 * may stand at the gate besides.
 */
export interface Watcher {
  /** Names it in a `guard-error`. */
  readonly name: string;
  /** What it does when connections are handed out and come back. */
  readonly gate?: Gate;
  /** The shortest limit it watches, in ms: the sweep comes by four times in it; `undefined` for none. */
  readonly limitMs?: number;
  /** Looks at one open lease of a caller, at every sweep, oldest first. */
  readonly look?: (lease: Lease, nowMs: number) => void;
  /** Looks at the pool as a whole, after the leases. */
  readonly survey?: (nowMs: number) => void;
  /** The process stood still for `pausedMs`, which no lease is charged with; the sweep may look right after. */
  readonly resumed?: (pausedMs: number, nowMs: number) => void;
  /** Lets go of every timer and listener. */
  readonly stop?: () => void;
}
