import type { Counts, Ending, Lifecycle, Loan } from '../adapter.ts';
import type { Method, Patches } from '../patch.ts';

/** How the guard is told what the checkouts are that happen in a function. */
export interface Runs {
  /** They are the driver's own, as long as they are made before it returns. */
  inside<T>(run: () => T): T;
  /**
   * Of all that happen in what is run by the returned function, now or later, the first is for
   * whoever is calling `method` now.
   */
  calledBy(method: Method): <T>(run: () => T) => T;
}

/** What a record cannot say of a driver; whatever is absent follows from the record. */
export interface Irregular {
  /** The name of the record. */
  readonly driver: string;
  /** Is the pool of this type? Asked where two types of the driver have the same members. */
  readonly fits?: (pool: object, type: string) => boolean;
  /** The object whose methods lend, where no member of the record leads there. */
  readonly core?: (pool: object) => object | undefined;
  /** How many resources the pool may have. */
  readonly max?: (core: object) => number | undefined;
  /** The events with which the pool tells that it made or closed a connection, and which argument that is. */
  readonly lifecycle?: { readonly created?: string; readonly destroyed?: string; readonly argument: number };
  /** The same for a driver that has no such events; the returned function takes everything away again. */
  readonly hear?: (core: object, told: Lifecycle) => () => void;
  /** Endings of the resource that no program should be shown, and that end the lease all the same. */
  readonly endings?: readonly Ending[];
  /** See `LentType.belonging`. */
  readonly belonging?: string;
  /** See `Adapter.lastWaiter`. */
  readonly lastWaiter?: (core: object) => unknown;
  /** See `Adapter.refusesForeign`. */
  readonly refusesForeign?: boolean;
  /** See `Adapter.isClosed`. */
  readonly isClosed?: (resource: unknown) => boolean;
  /** See `Adapter.watchRuns`. */
  readonly watchRuns?: (pool: object, patches: Patches, runs: Runs) => void;
  /** The network socket under a resource of any kind, where no gauge of the record leads there. */
  readonly socketOf?: (resource: unknown) => unknown;
  /** Other methods of the pool that take a lent resource. */
  readonly takers?: readonly string[];
  readonly isRunning?: (resource: unknown) => boolean | undefined;
  readonly isListening?: (resource: unknown) => boolean;
  /** See `Adapter.destroy`. */
  readonly destroy?: (loan: Loan, core: object) => void;
  /** See `Adapter.withdraw`. */
  readonly withdraw?: (pending: unknown) => void;
  /** See `Adapter.releasedTwice`. */
  readonly releasedTwice?: () => Error;
  /** See `Adapter.failOperation`. */
  readonly failOperation?: (resource: unknown, args: readonly unknown[], error: Error) => unknown;
  /** Numbers that the record's gauges do not give. */
  readonly counts?: (core: object) => Partial<Counts>;
}
