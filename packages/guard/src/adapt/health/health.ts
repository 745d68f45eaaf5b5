import type { FatalError } from '@lifeguard/catalogue';

/** Is told once how a question ended: with an error, or with what the driver answered. */
export type Told = (error: unknown, answer?: unknown) => void;

/**
 * What a connection still waits for.
 *
 * `quiet` nothing · `settling` the server's last word after a statement that has been answered ·
 * `busy` statements that end by themselves · `open` a cursor or a stream, which may never end.
 */
export type Rest = 'quiet' | 'settling' | 'busy' | 'open';

/** How to ask a driver's connections how they are. */
export interface Health {
  /** What is the same in all leases of a connection, where the driver lends it in a new wrapper each time. */
  connectionOf(resource: unknown): object | undefined;
  /** The connection is known to be closed, without asking the server. */
  isDead(resource: unknown): boolean;
  /** A cheap question to the server; `undefined` where the record knows none. */
  readonly ping: ((resource: unknown, told: Told) => void) | undefined;
  /** Asks whether the server refuses writes, and answers `true` or `false`; `undefined` where it is not known how. */
  readonly askReadOnly: ((resource: unknown, told: Told) => void) | undefined;
  /** Ends an open transaction without a trace of it. */
  readonly rollback: ((resource: unknown, told: Told) => void) | undefined;
  /**
   * Asks the server whether a transaction is open, and answers `true` or `false`; `undefined` where
   * the driver keeps what the server says, or nobody knows.
   */
  readonly askTransaction: ((resource: unknown, told: Told) => void) | undefined;
  /** What the driver keeps says `open` after every error: only the server's next answer tells. */
  readonly opensOnError: boolean;
  /** Every statement of the connection may open a transaction, as of when it was made. */
  opensImplicitly(resource: unknown): boolean;
  /** @param running - How many operations the lease has seen start and not end. */
  restOf(resource: unknown, running: number): Rest;
  /** Calls once when the connection has become quiet, or is gone; the returned function calls it off. */
  whenQuiet(resource: unknown, told: () => void): () => void;
  /** The driver has given up waiting for an answer that the server still owes. */
  isGivenUp(error: unknown): boolean;
  /** What an error says of its connection; `undefined` where the connection is as good as before. */
  meaningOf(error: unknown): FatalError['means'] | undefined;
  /** How long the pool itself lets an acquire wait, in ms; `undefined` for ever, or not known. */
  acquireLimitMs(core: object): number | undefined;
  /** The error with which the pool itself ends such a wait. */
  acquireTimeout(): Error | undefined;
}

/** What differs from what follows from the record. */
export interface OwnHealth extends Partial<Omit<Health, 'ping' | 'askReadOnly' | 'rollback' | 'askTransaction' | 'meaningOf'>> {
  /** The name of the record. */
  readonly driver: string;
  /** A statement whose first value tells whether the server refuses writes. */
  readonly readOnlyQuery?: string;
  /** A statement whose answer has the server's status, and where in it. */
  readonly statusQuery?: { readonly sql: string; readonly path: string };
}
