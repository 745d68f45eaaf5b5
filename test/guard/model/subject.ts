import type { Clock } from '../../../packages/guard/dist/index.js';

/** What a caller of any of the drivers has of a lent connection. */
export interface Held {
  /** Names the connection under the handle, by what the handle itself says. */
  readonly resource: number;
  /** Uses the connection, and answers with the name it has there. */
  use(): Promise<number>;
  /** Gives it back, in the driver's own way; settles when that has. */
  release(): Promise<unknown>;
  /** Closes it for good; absent where the driver has no such call. */
  readonly destroy: (() => Promise<unknown>) | undefined;
}

/** The pool's own count, read without the guard. */
export interface Counts {
  readonly active: number;
  readonly idle: number;
  readonly waiting: number;
}

/** A real pool under guard, as the model needs it. */
export interface Subject {
  readonly pool: object;
  acquire(): Promise<Held>;
  counts(): Counts;
  /** The server ends the session of this connection; absent where there is no server. */
  readonly kill: ((resource: number) => Promise<void>) | undefined;
  end(): Promise<unknown>;
}

/** A driver whose pools are compared with the model. */
export interface Kind {
  readonly name: string;
  /** What a second release does: it fails, or nothing happens. */
  readonly twice: 'fails' | 'ignored';
  /** Whoever gives up leaves the pool's line at once. */
  readonly withdraws: boolean;
  /** What the server ended is no part of the pool from then on, though its caller has it still. */
  readonly dropsKilled: boolean;
  open(max: number, clock: Clock): Subject;
}
