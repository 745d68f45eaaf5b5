import type { Acquire, Driver, Release, TypeFacts } from '@lifeguard/catalogue';
import type { Runs } from './irregular/irregular.ts';
import type { Method, Patches } from './patch.ts';

/** One way in which a lent resource goes back or is closed, on whatever it is called. */
export interface Ending extends Pick<Release, 'on' | 'method' | 'settles' | 'twice'> {
  /** Does a call with these arguments close the resource for good? */
  readonly destroys: (args: readonly unknown[]) => boolean;
}

/** A type that the pool lends, with the record's facts made quick to ask. */
export interface LentType {
  readonly name: string;
  readonly facts: TypeFacts;
  /** Methods of the resource that end the lease. */
  readonly endings: ReadonlyMap<PropertyKey, Ending>;
  /** The first of them that gives back; absent where only the pool or a function does. */
  readonly release: Ending | undefined;
  /** How the function that is handed over with the resource gives back, where there is one. */
  readonly done: Ending | undefined;
  /** Methods that start work. */
  readonly operations: ReadonlySet<PropertyKey>;
  /** Members that stay legal after a release. */
  readonly usable: ReadonlySet<PropertyKey>;
  /** Methods that give another face of the same resource, and so have to know the handle. */
  readonly faces: ReadonlySet<PropertyKey>;
  /** The record lists no operations, since the resource may be anything: then every method may be one. */
  readonly isOpaque: boolean;
  /** The property by which the pool knows its own, which a handle does not show after its lease. */
  readonly belonging: string | undefined;
  /** An operation without a callback answers with a promise. */
  readonly promises: boolean;
}

/** A method of the pool that lends, with all the forms it has. */
export interface AcquireMethod {
  readonly method: string;
  readonly lends: LentType;
  /** The caller gets a promise. */
  readonly promise: Acquire | undefined;
  /** The caller gives a callback. */
  readonly callback: Acquire | undefined;
  /** The caller gets an object, of which one property is a promise of the resource. */
  readonly pending: Acquire | undefined;
}

/** What the pool says of itself; `undefined` where the driver does not tell. */
export interface Counts {
  readonly total: number | undefined;
  readonly active: number | undefined;
  readonly idle: number | undefined;
  readonly waiting: number | undefined;
  readonly max: number | undefined;
}

/** What the server last said of the transaction: after `'failed'` nothing but a rollback goes. */
export type Transaction = 'none' | 'open' | 'failed';

/** One delivery of the driver: the resource, and the function that gives back this checkout only. */
export interface Loan {
  readonly resource: unknown;
  /** pg's `done`; `undefined` where the driver hands over none. */
  readonly done: Method | undefined;
}

/** Who is told when the pool makes or closes a connection. */
export interface Lifecycle {
  created(resource: unknown): void;
  destroyed(resource: unknown): void;
  /** The connection broke, where that is not to be heard from what is lent. */
  lost?(resource: unknown, error: unknown): void;
}

/** What the guard knows of one pool: the record's facts bound to the object. */
export interface Adapter {
  readonly driver: Driver;
  /** The record's name for the type of the pool. */
  readonly type: string;
  /** What was passed to `guard`. */
  readonly pool: object;
  /** The object whose methods lend, of which the pool may be a facade. */
  readonly core: object;
  readonly acquires: readonly AcquireMethod[];
  /** Methods of the pool that give back or close what is passed to them. */
  readonly owners: readonly Ending[];
  /** Other methods of the pool that take a lent resource. */
  readonly takers: readonly string[];
  /** Methods of the pool that acquire and release by themselves. */
  readonly scopes: readonly string[];
  counts(): Counts;
  /** What stands behind a face of a resource, which the facade of a pool makes of what the pool lends. */
  behind(face: unknown): unknown;
  /**
   * The callback that waits last in the pool's own queue: the pool may ask itself again with it, and
   * a tracer may have wrapped it.
   */
  lastWaiter(): unknown;
  /** The pool itself refuses what it has not lent, so that a second release may be left to it. */
  readonly refusesForeign: boolean;
  /** The pool has dropped the resource, as it tells by giving it back to itself. */
  isClosed(resource: unknown): boolean;
  /** Tells, besides the scopes, whose the checkouts are that the driver makes. */
  watchRuns(patches: Patches, runs: Runs): void;
  /** Tells of connections that the pool makes and closes, as far as it says so, until the returned function is called. */
  onLifecycle(told: Lifecycle): () => void;
  /** The network socket under a resource, where the driver shows it. */
  socketOf(resource: unknown): unknown;
  /** How many bytes have passed the socket both ways; `undefined` where it is not shown. */
  trafficOf(resource: unknown): number | undefined;
  /** Whether a statement is being executed for the resource now; `undefined` where the driver does not tell. */
  isRunning(resource: unknown): boolean | undefined;
  /** Whether somebody listens to the server through it, as `LISTEN` does: then nobody need hold it. */
  isListening(resource: unknown): boolean;
  /** Whether a transaction is open, as of the server's last answer; `undefined` where the driver does not tell. */
  transactionOf(resource: unknown): Transaction | undefined;
  /** The server's own number of the connection. */
  serverIdOf(resource: unknown): string | number | undefined;
  /**
   * Closes a connection for good while its holder still has it: the pool replaces it and serves the
   * next waiter at once, whether the peer answers or not, and no unhandled `'error'` follows.
   */
  destroy(loan: Loan): void;
  /** Ends a wait whose caller has given up, where the driver gave an object for it that it goes on asking. */
  withdraw(pending: unknown): void;
  /** The driver's own error of a second release, where it cannot be asked for it: the first has not reached it yet. */
  releasedTwice(): Error | undefined;
  /** Fails a call of an operation in a form that only this driver has: what the call returns; `undefined` where it is an ordinary call. */
  failOperation(resource: unknown, args: readonly unknown[], error: Error): unknown;
}
