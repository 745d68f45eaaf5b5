/**
 * The version of the shape below. A reader skips records of a version it does not know, and, within a
 * version, records of a type it does not know: neither a new type nor a new field that may be absent
 * changes it.
 */
export type ReportSchemaVersion = 1;

/** Where something was called, as a report can be read on another machine. */
export interface ReportSite {
  /** The source file, source maps applied, relative to the root of the application, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The enclosing function; absent at the top of a module. */
  readonly function?: string;
  /** The library that stands between the application and the pool: `typeorm@1.1.1`. */
  readonly library?: string;
  /**
   * The first 16 hexadecimal digits of the SHA-256 of the line's text without the white space around
   * it, by which it is found again after it has moved; absent where the source could not be read. The
   * text itself might hold a secret.
   */
  readonly lineHash?: string;
}

/** Why a connection is taken for leaked, strongest first. */
export type ReportedEvidence = 'collected' | 'scope-ended' | 'idle' | 'held';

/** What every record tells. */
export interface ReportBase {
  readonly schemaVersion: ReportSchemaVersion;
  /** Unique among all records of all processes: a record may be written twice when a process ends. */
  readonly id: string;
  /** When it happened, as ISO 8601 in UTC. */
  readonly at: string;
  /** The machine. */
  readonly host: string;
  /** The process. With `host` and `lease` it tells which records speak of the same checkout. */
  readonly pid: number;
  /** The name of the pool. */
  readonly pool: string;
  /** The number of the lease, unique in its process; absent where the record is about the pool. */
  readonly lease?: number;
  /** Where the connection was acquired; absent where stacks are off. */
  readonly site?: ReportSite;
  /** Where the call stood that the record is about: the release, the late use. */
  readonly callSite?: ReportSite;
  /** The label of the scope it was acquired in: a route, a job. */
  readonly scope?: string;
  /** How long the caller waited for the connection, in ms. */
  readonly waitedMs?: number;
  /** How long the connection was held, in ms, up to now or to its end. */
  readonly heldMs?: number;
  /** The last statement without parameters and literals. */
  readonly fingerprint?: string;
}

/** It did not come back in time. */
export interface LeakRecord extends ReportBase {
  readonly type: 'leak-suspected' | 'leaked';
  readonly evidence: ReportedEvidence;
  /** How often a checkout of this site was suspected in this process, this one included. */
  readonly occurrences: number;
}

/** It came back after the alarm, or was taken back. */
export interface OutcomeRecord extends ReportBase {
  readonly type: 'returned-late' | 'reclaimed';
  readonly evidence: ReportedEvidence;
}

/** It came back inside a transaction, or busy. */
export interface DirtyReturnRecord extends ReportBase {
  readonly type: 'dirty-return';
  readonly found: string;
  readonly action: string;
}

/** It was used or released after its end. */
export interface StaleHandleRecord extends ReportBase {
  readonly type: 'stale-handle';
  /** The method that was called. */
  readonly call: string;
  readonly ownedByAnother: boolean;
}

/** A second connection of the same pool was asked for while one was held. */
export interface NestedAcquireRecord extends ReportBase {
  readonly type: 'nested-acquire';
  /** The lease that was held. */
  readonly outer: number;
}

/** Holders waited for each other. */
export interface DeadlockRecord extends ReportBase {
  readonly type: 'deadlock';
  /** The leases that were held by those who waited for each other, and where they were acquired. */
  readonly cycle: readonly { readonly lease: number; readonly scope: string; readonly site?: ReportSite }[];
}

/** Somebody waited too long for a connection. */
export interface ExhaustedRecord extends ReportBase {
  readonly type: 'exhausted';
  /** How many waited. */
  readonly waiting: number;
  /** Why, in one of the guard's words: `leak`, `slow queries`, `undersized` and others. */
  readonly cause: string;
}

/**
 * How often a site acquired and gave back, so that a site that never leaks is told from one that never
 * runs. Written now and then, and when the process ends; the counts of all records of a site add up.
 */
export interface SiteRecord extends ReportBase {
  readonly type: 'site';
  readonly site: ReportSite;
  /**
   * Checkouts that ended since the last such record of this site and process, of those whose stack was
   * captured in full: all of them in a process of less than a hundred in a second, else a sample.
   */
  readonly checkouts: number;
}

/** One line of a report file, by `type`: what happened once at one site, or how often it was passed. */
export type ReportRecord =
  | LeakRecord
  | OutcomeRecord
  | DirtyReturnRecord
  | StaleHandleRecord
  | NestedAcquireRecord
  | DeadlockRecord
  | ExhaustedRecord
  | SiteRecord;
