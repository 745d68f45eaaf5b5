import type { UserDriver } from '@lifeguard/catalogue';
import { systemClock, type Clock } from './clock.ts';
import { atLeast, call, check, clock, count, flag, oneOf, orFalse, text, wrong, type Legal } from './legal.ts';
import type { PrintSignal } from './print-on-signal.ts';

/** What to do with a leaked connection: leave it, or destroy it so that the pool replaces it. */
export type ReclaimAction = 'off' | 'destroy';

/** What is known of a leak when its connection is about to be taken back. */
export interface ReclaimCandidate {
  /** The pool's name. */
  readonly pool: string;
  /** The lease's number, unique in the process. */
  readonly lease: number;
  /** Which evidence says that it leaked. */
  readonly evidence: 'collected' | 'scope-ended' | 'idle' | 'held';
  /** How long it has been held, in ms. */
  readonly heldMs: number;
  /** The label of the scope it was acquired in. */
  readonly scope?: string;
}

/** When leaked connections are taken back, by the evidence for the leak. */
export interface ReclaimOptions {
  /** Nothing that could release it is reachable any more. Default `'destroy'`. */
  readonly collected?: ReclaimAction;
  /** Its scope has ended. Default `'off'`. */
  readonly scopeEnded?: ReclaimAction;
  /** It has run nothing for twice `idleLimitMs`. Default `'off'`. */
  readonly idle?: ReclaimAction;
  /** It has been held for twice `holdLimitMs`. Default `'off'`. */
  readonly held?: ReclaimAction;
  /** Takes back only while somebody waits for a connection. Default `false`. */
  readonly onlyWhenExhausted?: boolean;
  /** How many connections of this pool may be taken back in a minute. Default 60. */
  readonly maxPerMinute?: number;
  /** Asked before each; `false` leaves the connection with its holder, and is asked again later. */
  readonly allow?: (candidate: ReclaimCandidate) => boolean;
}

/** How connections are tested before they are handed out. */
export interface PingOptions {
  /** Ping what has been idle for longer, in ms; 0 pings at every hand-out. Default 1000. */
  readonly afterIdleMs?: number;
  /** How long the server may take to answer, in ms. Default 1000. */
  readonly timeoutMs?: number;
  /** `'primary'` also asks whether the server takes writes, for one round trip more. Default `'any'`. */
  readonly role?: 'any' | 'primary';
}

/** What `guard(pool, options)` takes. Times are in milliseconds. */
export interface GuardOptions {
  /** What the pool is called in events and tables. Default: its driver's name, numbered from the second on. */
  readonly name?: string;
  /** Records of drivers that the catalogue does not have, or changes to those it has. */
  readonly drivers?: readonly UserDriver[];
  /**
   * `'fenced'` lends a handle of this checkout; `'bare'` the driver's own object, for an application
   * that compares connections by identity. Default `'fenced'`.
   */
  readonly handles?: 'fenced' | 'bare';
  /**
   * How much of the call stack a checkout remembers: `'sampled'` one frame, and all of it for
   * suspected sites and 1 in 16; `'full'` all of it always; `'off'` nothing. Default `'sampled'`.
   */
  readonly stacks?: 'full' | 'sampled' | 'off';
  /** Suspected after this long without a query, leaked after twice as long; `false` never. Default 30,000. */
  readonly idleLimitMs?: number | false;
  /** Suspected after being held for this long, leaked after twice as long; `false` never. Default `false`. */
  readonly holdLimitMs?: number | false;
  /** How long after the end of its scope a connection may come back without suspicion. Default 100. */
  readonly scopeGraceMs?: number;
  /** When leaked connections are taken back. Default `'off'`, except `collected: 'destroy'`. */
  readonly reclaim?: ReclaimAction | ReclaimOptions;
  /** How connections are tested before they are handed out; `false` never. Default `{}`. */
  readonly ping?: false | PingOptions;
  /** How old a connection may be when it is handed out, with up to 10 % less; `false` for any age. Default `false`. */
  readonly maxLifetimeMs?: number | false;
  /** What to do with a connection that comes back inside a transaction. Default `'rollback'`. */
  readonly dirtyReturn?: 'warn' | 'rollback' | 'destroy';
  /** How long queries that still run may keep a returned connection. Default 5000. */
  readonly drainMs?: number;
  /** How long an acquire may take; `false` leaves it to the pool. Default `false`. */
  readonly acquireTimeoutMs?: number | false;
  /** Warn when somebody has waited this long for a connection; `false` never. Default 1000. */
  readonly waitWarnMs?: number | false;
  /** What to do about holders that wait for each other. Default `'fail'`, which fails the newest waiter. */
  readonly deadlock?: 'fail' | 'warn';
  /** How long nothing may have happened before holders that wait for each other are a deadlock. Default 1000. */
  readonly deadlockGraceMs?: number;
  /**
   * Prints who holds the connections to standard error when the process gets this signal:
   * `kill -USR2 <pid>`. A signal that nothing else listens to would have ended the process.
   * Default `false`.
   */
  readonly printOnSignal?: PrintSignal | false;
  /** Where the guard has its time from. Default: the machine. */
  readonly clock?: Clock;
}

/** The options with every default filled in. */
export interface Options {
  readonly handles: 'fenced' | 'bare';
  readonly stacks: 'full' | 'sampled' | 'off';
  readonly idleLimitMs: number | false;
  readonly holdLimitMs: number | false;
  readonly scopeGraceMs: number;
  readonly reclaim: Required<Omit<ReclaimOptions, 'allow'>> & Pick<ReclaimOptions, 'allow'>;
  readonly ping: false | Required<PingOptions>;
  readonly maxLifetimeMs: number | false;
  readonly dirtyReturn: 'warn' | 'rollback' | 'destroy';
  readonly drainMs: number;
  readonly acquireTimeoutMs: number | false;
  readonly waitWarnMs: number | false;
  readonly deadlock: 'fail' | 'warn';
  readonly deadlockGraceMs: number;
  readonly printOnSignal: PrintSignal | false;
  readonly clock: Clock;
}

const records: Legal = { words: 'an array of records', holds: Array.isArray };

const action = oneOf('off', 'destroy');

const reclaimFields: Readonly<Record<keyof ReclaimOptions, Legal>> = {
  collected: action,
  scopeEnded: action,
  idle: action,
  held: action,
  onlyWhenExhausted: flag,
  maxPerMinute: count,
  allow: call,
};

const pingFields: Readonly<Record<keyof PingOptions, Legal>> = {
  afterIdleMs: atLeast(0),
  timeoutMs: atLeast(1),
  role: oneOf('any', 'primary'),
};

const anything: Legal = { words: 'an object', holds: () => true };

const fields: Readonly<Record<keyof GuardOptions, Legal>> = {
  name: text,
  drivers: records,
  handles: oneOf('fenced', 'bare'),
  stacks: oneOf('full', 'sampled', 'off'),
  idleLimitMs: orFalse(atLeast(1)),
  holdLimitMs: orFalse(atLeast(1)),
  scopeGraceMs: atLeast(0),
  reclaim: anything,
  ping: anything,
  maxLifetimeMs: orFalse(atLeast(1)),
  dirtyReturn: oneOf('warn', 'rollback', 'destroy'),
  drainMs: atLeast(0),
  acquireTimeoutMs: orFalse(atLeast(1)),
  waitWarnMs: orFalse(atLeast(1)),
  deadlock: oneOf('fail', 'warn'),
  deadlockGraceMs: atLeast(1),
  printOnSignal: orFalse(oneOf('SIGUSR2', 'SIGHUP')),
  clock,
};

/** What each option may be, and each within `reclaim` and `ping`. */
export const legalOptions = { guard: fields, reclaim: reclaimFields, ping: pingFields } as const;

/**
 * Checks what was given and fills in the defaults.
 *
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION` names the first wrong option and what is legal.
 */
export function readOptions(given: GuardOptions = {}): Options {
  check(given, fields, '');
  return {
    handles: given.handles ?? 'fenced',
    stacks: given.stacks ?? 'sampled',
    idleLimitMs: given.idleLimitMs ?? 30_000,
    holdLimitMs: given.holdLimitMs ?? false,
    scopeGraceMs: given.scopeGraceMs ?? 100,
    reclaim: readReclaim(given.reclaim),
    ping: readPing(given.ping),
    maxLifetimeMs: given.maxLifetimeMs ?? false,
    dirtyReturn: given.dirtyReturn ?? 'rollback',
    drainMs: given.drainMs ?? 5000,
    acquireTimeoutMs: given.acquireTimeoutMs ?? false,
    waitWarnMs: given.waitWarnMs ?? 1000,
    deadlock: given.deadlock ?? 'fail',
    deadlockGraceMs: given.deadlockGraceMs ?? 1000,
    printOnSignal: given.printOnSignal ?? false,
    clock: given.clock ?? systemClock,
  };
}

function readReclaim(given: GuardOptions['reclaim']): Options['reclaim'] {
  const rest = { onlyWhenExhausted: false, maxPerMinute: 60 };
  if (given === undefined) return { ...rest, collected: 'destroy', scopeEnded: 'off', idle: 'off', held: 'off' };
  if (typeof given !== 'object') {
    if (!action.holds(given)) throw wrong('reclaim', given, `${action.words}, or an object of them by evidence`);
    return { ...rest, collected: given, scopeEnded: given, idle: given, held: given };
  }
  check(given, reclaimFields, 'reclaim.');
  return {
    collected: given.collected ?? 'destroy',
    scopeEnded: given.scopeEnded ?? 'off',
    idle: given.idle ?? 'off',
    held: given.held ?? 'off',
    onlyWhenExhausted: given.onlyWhenExhausted ?? rest.onlyWhenExhausted,
    maxPerMinute: given.maxPerMinute ?? rest.maxPerMinute,
    ...(given.allow === undefined ? {} : { allow: given.allow }),
  };
}

function readPing(given: GuardOptions['ping'] = {}): Options['ping'] {
  if (given === false) return false;
  check(given, pingFields, 'ping.');
  return { afterIdleMs: given.afterIdleMs ?? 1000, timeoutMs: given.timeoutMs ?? 1000, role: given.role ?? 'any' };
}
