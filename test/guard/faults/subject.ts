import type { GuardOptions, LifeguardEvent, PoolStats } from '../../../packages/guard/dist/index.js';
import type { Proxy } from '../../servers/proxy.ts';
import type { FakeClock } from '../clock.ts';

/** A connection that a test holds. */
export interface Held {
  /** The server's number of it. */
  readonly id: number;
  ask(sql: string): Promise<unknown>;
  release(): unknown;
}

/** A guarded pool of some driver, in words that all of them share. */
export interface Subject extends AsyncDisposable {
  readonly clock: FakeClock;
  readonly events: readonly LifeguardEvent[];
  acquire(): Promise<Held>;
  /** By the pool itself. */
  ask(sql: string): Promise<unknown>;
  stats(): PoolStats;
}

/** The server of the subjects, past the proxy. */
export interface Bench {
  /** A statement that takes 2 s: a server may go on with it when its client is gone. */
  readonly sleep: string;
  /** What the driver makes of a connection that the server has ended. */
  readonly lost: RegExp;
  /** The code of an error that says that a server takes no writes. */
  readonly readOnly: RegExp;
  readonly host: string;
  readonly port: number;
  open(proxy: Proxy, max: number, options?: GuardOptions): Subject;
  /** How many connections of subjects the server sees. */
  count(): Promise<number>;
  /** Ends a connection from the server's side. */
  end(id: number): Promise<void>;
  /** Settles when every connection, old or new, obeys it. */
  setReadOnly(isReadOnly: boolean): Promise<void>;
  /** Every thread of it has come to a stop. */
  isFrozen(): boolean;
  kill(name: NodeJS.Signals): Promise<void>;
  restart(): Promise<void>;
  /** Makes of a server in any state, frozen and ended too, one without connections that takes writes. */
  mend(): Promise<void>;
  stop(): Promise<void>;
}

/** Whoever starts a bench. */
export interface Maker {
  readonly driver: string;
  readonly isHere: boolean;
  start(): Promise<Bench>;
}
