/**
 * The shape of one record of the catalogue: what is true of one npm driver, as data.
 *
 * A record imports nothing, holds no function and survives `structuredClone`, so that a user can
 * write one in ESLint `settings`, a worker can receive it and the docs can print it.
 *
 * The record speaks of *types*: the driver's own names for its pools, connections, transactions,
 * cursors. `makers` and `members` say how a program comes to hold a value of a type, `acquires`
 * which calls lend one, `types[…].releases` how it goes back.
 */
export interface Driver {
  /** Short name, the file's name and the key for overrides. Read by: lint, guard, docs. */
  readonly name: string;
  /** The npm packages and subpaths this record speaks of. Read by: lint (imports), guard, docs. */
  readonly packages: readonly Package[];
  /** Facts per type, keyed by the driver's own name for it. Read by: lint, guard, docs. */
  readonly types: Readonly<Record<string, TypeFacts>>;
  /** Exports that construct or return a value of a type. Read by: lint (origin), guard (detect). */
  readonly makers: readonly Maker[];
  /** Members that lead from one type to another without lending anything. Read by: lint, guard. */
  readonly members: readonly Member[];
  /** Calls that lend a resource to the caller. Read by: lint (obligation), guard (lease). */
  readonly acquires: readonly Acquire[];
  /** Calls that acquire and release by themselves; fixes lead here. Read by: lint, guard, docs. */
  readonly scopes: readonly Scope[];
  /** How long an acquire waits on an exhausted pool. Read by: lint, guard, docs. */
  readonly waits?: readonly AcquireTimeout[];
  /** How long a statement may run. Read by: lint (`require-statement-timeout`), docs. */
  readonly statementTimeouts?: readonly StatementTimeout[];
  /** How to ask a resource whether its server still answers. Read by: guard, docs. */
  readonly pings?: readonly Ping[];
  /** Error codes after which a connection must not be reused. Read by: guard, docs. */
  readonly fatal?: readonly FatalError[];
  /** Where the pool's own counters and the connection's state are read. Read by: guard, docs. */
  readonly gauges?: readonly Gauges[];
  /** The driver's own options for leaks and pings, so that we stand aside. Read by: docs, guard. */
  readonly native?: readonly NativeOption[];
  /** Option names that hold secrets and are never printed. Read by: guard. */
  readonly secrets?: readonly string[];
  /** Where a surprising fact can be checked. Read by: docs. */
  readonly evidence: readonly Evidence[];
  /** Statements of this record that no test proves, in words. Read by: docs, contract test. */
  readonly unproved: readonly string[];
}

/** One npm package or subpath whose exports the record describes. */
export interface Package {
  /** The module specifier as imported: `pg`, `mysql2/promise`. */
  readonly module: string;
  /** The range of versions for which the record was proved; absent for built-in globals. */
  readonly versions?: string;
  /** A built-in global of this name, which no program imports: `fetch`. */
  readonly global?: boolean;
}

/** What a value of a type is for. */
export type Role =
  | 'pool'
  | 'connection'
  | 'transaction'
  | 'session'
  | 'statement'
  | 'cursor'
  | 'stream'
  | 'body'
  | 'client'
  | 'other';

/** The facts of one type. */
export interface TypeFacts {
  readonly role: Role;
  /** Other exported names of the same type, as they stand in annotations: `BoundPool`. */
  readonly aliases?: readonly string[];
  /**
   * Modules whose exported type of this name is meant; all of the record if absent, none where it
   * is empty (a value of it comes from a call only).
   */
  readonly modules?: readonly string[];
  /** Methods that return the value itself: `cursor.sort()`, `client.on()`. Read by: lint (origin). */
  readonly chains?: readonly string[];
  /** Calls that give a lent resource back; empty for what is never lent. */
  readonly releases?: readonly Release[];
  /** Calls that close a lent resource for good; each discharges the obligation too. */
  readonly destroys?: readonly Release[];
  /** Calls that shut down a pool or client: what `no-pool-per-call` accepts. */
  readonly ends?: readonly string[];
  /** What `using` and `await using` do to it; absent where the symbol does not exist. */
  readonly disposes?: Disposes;
  /**
   * Reading it to the end gives it back: a body, a stream, a cursor in a finished `for await`.
   * An abandoned iteration closes it too, as `return()` of the iterator does.
   */
  readonly consumedByIteration?: boolean;
  /** Methods that start work whose promise must settle before a release. */
  readonly operations?: readonly string[];
  /** Methods and properties that stay legal after a release; everything else is a use. */
  readonly usableAfterRelease?: readonly string[];
  /** Methods that only set or read something, or keep to themselves what failed. Read by: lint. */
  readonly infallible?: readonly string[];
  /** Methods after which it is meant to live on: a consumer keeps its channel. Read by: lint. */
  readonly lasting?: readonly string[];
  /** What its operations return emits `end` after an error too. Read by: lint. */
  readonly endsAfterError?: boolean;
  /** Methods of what lent it that end it too: closing a connection closes its channels. Read by: lint. */
  readonly endsWithOwner?: readonly string[];
  /** Properties and methods that read true once it has gone back: `isReleased`. Read by: lint. */
  readonly endedWhen?: readonly string[];
  /** An `EventEmitter` whose unhandled `'error'` ends the process. */
  readonly emitsError?: boolean;
}

/** What the dispose symbols of a type do. */
export interface Disposes {
  readonly sync?: DisposeEffect;
  readonly async?: DisposeEffect;
}

/** `commit` is TypeORM's trap, `throws` is Kysely's: neither may be suggested. */
export type DisposeEffect = 'release' | 'end' | 'commit' | 'rollback' | 'throws';

/** One way to give a resource back. */
export interface Release {
  /**
   * `resource`: `client.release()`; `owner`: `pool.release(client)`;
   * `handle`: the function handed over with the resource, `done()`.
   */
  readonly on: 'resource' | 'owner' | 'handle';
  /** The method, or the usual name of the handle. May be a path: `body.cancel`. */
  readonly method: string;
  /** A chained call that is part of it: Kysely's `commit().execute()`. */
  readonly then?: string;
  /** Only a call with this as first argument: `true` (any truthy value) or an option `{drop}`. */
  readonly argument?: string;
  /** `promise` must be awaited, `callback` takes one, `either` returns a promise without one. */
  readonly settles: 'sync' | 'promise' | 'callback' | 'either';
  /** Work that was queued before it still runs: nothing has to settle first. Read by: lint. */
  readonly drains?: boolean;
  /**
   * What a second call does, while nobody else holds the resource; `rejects` includes an error for
   * the callback. `corrupts` is the worst: the pool then lends one resource to two owners.
   */
  readonly twice: 'throws' | 'ignored' | 'rejects' | 'corrupts' | 'unknown';
}

/** An export that makes a value of a type. */
export interface Maker {
  /**
   * The export; `default` for the module itself (`import x from`, `require()`). A dot leads to a
   * static member: `MongoClient.connect`.
   */
  readonly export: string;
  /** The modules that have it; all of the record if absent. */
  readonly modules?: readonly string[];
  /** `new`: constructor; `call`: returns it; `await`: returns a promise of it; `value`: is it. */
  readonly how: 'new' | 'call' | 'await' | 'value';
  readonly gives: string;
  /** The range of versions that has it; all of the record if absent. Read by: docs, contract test. */
  readonly versions?: string;
}

/** A property or method that leads to another type and lends nothing. */
export interface Member {
  readonly of: string;
  readonly name: string;
  /** `get` reads it, `call` returns it, `await` returns a promise of it. */
  readonly how: 'get' | 'call' | 'await';
  readonly gives: string;
  /** The range of versions that has it; all of the record if absent. Read by: docs, contract test. */
  readonly versions?: string;
}

/** How a resource arrives at the caller. */
export type Arrival = 'promise' | 'callback' | 'return' | 'receiver';

/** One call form that lends a resource. */
export interface Acquire {
  /**
   * The type of the receiver; `module` for a function of the module itself, whose `method` is then
   * the export's name (`default` where the module is the function).
   */
  readonly of: string;
  /** The method; `new` for a constructor that acquires by itself; `()` for calling the receiver. */
  readonly method: string;
  /** `receiver`: the object the method is called on becomes held (`client.connect()`). */
  readonly arrives: Arrival;
  /** The type that is lent. */
  readonly gives: string;
  /** The modules this form belongs to; all of the record if absent. */
  readonly modules?: readonly string[];
  /** The property of the result that holds it: tarn's `.promise`, undici's `.body`. */
  readonly property?: string;
  /** A chained call that completes it: Kysely's `startTransaction().execute()`. */
  readonly then?: string;
  /** Positions in the callback, for `arrives: 'callback'`, counted from 0. */
  readonly callback?: { readonly error: number; readonly resource: number; readonly release?: number };
  /**
   * The arguments that make it this form. `no-callback`: none is a function (with one it is a
   * scope); `callback`: the last is one; `instance:Name`: the first is `new Name(…)`;
   * `option:name`: an options object sets `name`.
   */
  readonly when?: string;
  /** For `arrives: 'receiver'`: the promise resolves to the receiver: `const c = await make().connect()`. */
  readonly resolvesToReceiver?: boolean;
  /** Nothing is held until the resource is first used (TypeORM's query runner). */
  readonly lazy?: boolean;
  /** Proof is needed: too common a name to be inferred from a matching release alone. */
  readonly proofOnly?: boolean;
}

/** A call that acquires and releases by itself. */
export interface Scope {
  readonly of: string;
  readonly method: string;
  /** Which argument is the function that is lent the resource, from 0; -1 for the last. */
  readonly callback?: number;
  /** The type of that function's first parameter. */
  readonly lends?: string;
  /** That parameter is what the method is called on, and no new resource. */
  readonly lendsItself?: boolean;
  /** The function must return a native promise (redis `execute`, generic-pool `use`). */
  readonly wantsPromise?: boolean;
}

/** How long an acquire may wait when the pool is exhausted. */
export interface AcquireTimeout {
  /** The maker it is an option of, by export name. */
  readonly maker: string;
  /** The option; absent where none exists. Dots lead into nested objects: `pool.acquire`. */
  readonly option?: string;
  /** Which argument holds the options, from 0; -1 for the last. */
  readonly argument: number;
  /** The driver's default in ms; `null` for «for ever». */
  readonly defaultMs: number | null;
  /** What to write where no such option exists. */
  readonly advice?: string;
}

/** How long a statement may run before the driver or the server gives up. */
export interface StatementTimeout extends AcquireTimeout {
  /**
   * `server`: the statement is stopped; `driver`: only the promise is rejected, and the connection
   * stays busy, so that it must be destroyed and not released.
   */
  readonly cancels: 'server' | 'driver';
}

/** A cheap question to the server. */
export interface Ping {
  readonly of: string;
  readonly method: string;
  readonly query?: string;
  readonly settles: 'promise' | 'callback' | 'either';
}

/** An error after which a connection is dead (`closed`) or must not serve writes (`read-only`). */
export interface FatalError {
  readonly code: string | number;
  readonly means: 'closed' | 'read-only' | 'shutdown';
}

/** Where numbers and states are read; dots are property paths, `()` marks a call. */
export interface Gauges {
  readonly of: string;
  readonly total?: string;
  readonly active?: string;
  readonly idle?: string;
  readonly waiting?: string;
  readonly socket?: string;
  readonly transaction?: string;
  readonly serverId?: string;
}

/** A driver's own option for what Lifeguard also does. */
export interface NativeOption {
  readonly option: string;
  readonly does: string;
}

/** A link or file position for a surprising fact. */
export interface Evidence {
  readonly fact: string;
  readonly source: string;
}
