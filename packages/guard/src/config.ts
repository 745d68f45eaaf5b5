import type { GuardOptions } from './options.ts';

/** A pool that is about to be guarded as it was made. */
export interface MadePool {
  /** The name of its driver's record: `pg`, `knex`. */
  readonly driver: string;
  /** What it is called unless it is named: `pg:orders@db.internal`. */
  readonly name: string;
  /** The host it leads to, where it was made with one. */
  readonly host?: string;
  /** The database it leads to, where it was made with one. */
  readonly database?: string;
  /** How many pools were made before it in this process. */
  readonly before: number;
}

/** Options of one pool. */
export type PoolConfig = Omit<GuardOptions, 'name' | 'drivers'>;

/** What a program that guards no pool itself says of all of them, and of their events. */
export interface RegisterOptions {
  /** What a pool is called; the second of a name gets a number. Default: its driver, database and host. */
  readonly name?: string | ((pool: MadePool) => string | undefined);
  /** Options of one pool, by its name, over those of all; `false` leaves it alone. Default `{}`. */
  readonly pools?: Readonly<Record<string, PoolConfig | false>>;
  /** Whether events are logged to standard error. Default `true`, unless `sinks` are given. */
  readonly log?: boolean;
  /** The file that a report is written to. Default: none. */
  readonly reportFile?: string;
  /** Called before the first pool is guarded: `() => logger(pino())`. Default `[]`. */
  readonly sinks?: readonly (() => unknown)[];
}

/** What `lifeguard.config.js` exports: this, and the options of every pool. */
export interface LifeguardConfig extends RegisterOptions, Omit<GuardOptions, 'name'> {}

/** The configuration as it is, with its type. */
export function defineConfig(config: LifeguardConfig): LifeguardConfig {
  return config;
}
