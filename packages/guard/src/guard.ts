import { mergeDrivers, type UserDriver } from '@lifeguard/catalogue';
import { adviceFor, type Advice } from './advice.ts';
import { adapt } from './adapt/adapt.ts';
import { classOf, detect, type Detection } from './adapt/detect.ts';
import { Patches } from './adapt/patch.ts';
import { isObject } from './adapt/path.ts';
import { LifeguardError } from './errors.ts';
import { countCheckouts } from './event/checkouts.ts';
import { heardOf, publisherOf } from './event/publish.ts';
import type { Guarded } from './guarded.ts';
import { Ledger } from './lease/ledger.ts';
import { enterLedger } from './lease/ledgers.ts';
import { Lending } from './lease/lend.ts';
import { readOptions, type GuardOptions, type Options } from './options.ts';
import { holdersOf, type Holder } from './holders.ts';
import { holdersTable } from './holders-table.ts';
import { printOn } from './print-on-signal.ts';
import { records } from './records.ts';
import { watchersOf } from './watch/index.ts';
import { Sweep } from './watch/sweep.ts';
import { statsOf, type PoolStats } from './stats.ts';

/** Where a pool keeps its guard, across copies of the package. */
const guardKey = Symbol.for('@lifeguard/guard.guard');

/** What stands on a guarded pool: all that another copy of the package may call. */
export interface Watch {
  readonly options: GuardOptions;
  stats(): PoolStats;
  holders(): readonly Holder[];
  advice(): Advice;
  /**
   * The options it was guarded with as it was made, which those of `guard` go before; absent where
   * somebody called `guard`.
   */
  readonly made?: GuardOptions;
  /** Is nothing lent, and nobody waiting? */
  isFree(): boolean;
  /** Restores the pool. */
  stop(): void;
}

/** How many pools of a driver were named. */
const named = new Map<string, number>();

/**
 * Watches a pool: the same object comes back, and every connection it lends is a lease from now on.
 *
 * With `LIFEGUARD=off` in the environment the pool is returned untouched.
 *
 * @throws LifeguardError `LIFEGUARD_UNKNOWN_POOL` when no record describes the object,
 * `LIFEGUARD_ALREADY_GUARDED` when it is guarded with other options, `LIFEGUARD_BAD_OPTION`.
 */
export function guard<P extends object>(pool: P, options: GuardOptions = {}): Guarded<P> {
  if (process.env['LIFEGUARD'] === 'off') return pool as Guarded<P>;
  const read = readOptions(options);
  const found = find(pool, options);
  if (found === undefined) throw unknownPool(pool);
  const before = watchOn(found.core);
  if (before === undefined) watch(pool, found, { options, name: options.name }, read);
  else if (before.made !== undefined) guardAgain(pool, found, before, options);
  else if (!isSame(before.options, options)) throw alreadyGuarded();
  return pool as Guarded<P>;
}

/** A pool that was guarded as it was made gets the options of its program, unless that would lose sight of what is lent. */
function guardAgain(pool: object, found: Detection, before: Watch, options: GuardOptions): void {
  const both = { ...before.made, ...options };
  if (before.isFree()) {
    const read = readOptions(both);
    before.stop();
    watch(pool, found, { options, name: both.name }, read);
  } else if (!isSame(before.options, both)) {
    const { message, code } = alreadyGuarded();
    process.emitWarning(message, { type: 'LifeguardWarning', code });
  }
}

/**
 * Watches a pool that its program may still guard itself: the options of `guard` then go before
 * these, as long as nothing is lent.
 *
 * @param optionsOf - Asked where it is a pool that nobody watches; `undefined` leaves it alone.
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION`.
 */
export function guardAsMade(pool: object, drivers: readonly UserDriver[], optionsOf: () => GuardOptions | undefined): void {
  const found = find(pool, { drivers });
  if (found === undefined || watchOn(found.core) !== undefined) return;
  const options = optionsOf();
  if (options !== undefined) watch(pool, found, { options, name: options.name, made: options }, readOptions(options));
}

function find(pool: unknown, { drivers }: GuardOptions): Detection | undefined {
  return isObject(pool) ? detect(pool, mergeDrivers(records(), drivers, 'guard.drivers')) : undefined;
}

/** What a pool is guarded with. */
interface Given {
  /** As they were given, to be compared with those of another call. */
  readonly options: GuardOptions;
  readonly name: string | undefined;
  readonly made?: GuardOptions;
}

function watch(pool: object, found: Detection, { options, name, made }: Given, read: Options): void {
  const adapter = adapt(pool, found);
  const patches = new Patches();
  const returning = new Patches();
  const ledger: Ledger = new Ledger(name ?? nameFor(found.facade.name), adapter, read, publisherOf(() => ledger), heardOf());
  const watchers = watchersOf(ledger);
  const sweep = Sweep.of(read.clock);
  const leave = sweep.add(ledger, watchers);
  for (const { gate } of watchers) if (gate !== undefined) ledger.post(gate);
  ledger.post({ asked: () => sweep.wake(ledger) });
  const strike = enterLedger(ledger);
  new Lending(ledger).install(patches, returning);
  const stopCounting = countCheckouts(ledger);
  const { printOnSignal } = read;
  const stopPrinting = printOnSignal === false ? undefined : printOn(printOnSignal, () => holdersTable(statsOf(ledger), holdersOf(ledger)));
  const watching: Watch = {
    options,
    ...(made === undefined ? {} : { made }),
    isFree: () => ledger.open.size === 0 && ledger.waiting.size === 0,
    stats: () => statsOf(ledger),
    holders: () => holdersOf(ledger),
    advice: () => adviceFor(ledger),
    stop() {
      stopPrinting?.();
      stopCounting();
      ledger.close();
      strike();
      leave();
      patches.undo();
      ledger.whenEmpty(() => returning.undo());
      for (const on of [pool, found.core]) Reflect.deleteProperty(on, guardKey);
    },
  };
  for (const on of new Set([pool, found.core])) {
    Object.defineProperty(on, guardKey, { value: watching, configurable: true, enumerable: false });
  }
}

/**
 * Restores a pool exactly: open leases end under their fence, waiters are served bare, no timer or
 * listener stays. A pool that is not guarded is left as it is.
 */
export function unguard<P extends object>(pool: P): P {
  watchOf(pool)?.stop();
  return pool;
}

/** The guard of a pool, or of what stands behind it, of which there may be many faces; `undefined` where it has none. */
export function watchOf(pool: unknown): Watch | undefined {
  return isObject(pool) ? (watchOn(pool) ?? watchOn(detect(pool, records())?.core)) : undefined;
}

function watchOn(pool: unknown): Watch | undefined {
  const watch: unknown = isObject(pool) ? Reflect.get(pool, guardKey) : undefined;
  return isObject(watch) && 'stats' in watch && 'stop' in watch ? (watch as Watch) : undefined;
}

/**
 * The guard of a pool.
 *
 * @throws LifeguardError `LIFEGUARD_NOT_GUARDED`.
 */
export function guardOf(pool: unknown): Watch {
  const watch = watchOf(pool);
  if (watch === undefined) throw new LifeguardError('LIFEGUARD_NOT_GUARDED', 'This pool is not guarded.');
  return watch;
}

function nameFor(driver: string): string {
  const count = (named.get(driver) ?? 0) + 1;
  named.set(driver, count);
  return count === 1 ? driver : `${driver}#${count}`;
}

function isSame(one: GuardOptions, other: GuardOptions): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof GuardOptions>;
  return [...keys].every((key) => one[key] === other[key] || JSON.stringify(one[key]) === JSON.stringify(other[key]));
}

function alreadyGuarded(): LifeguardError {
  return new LifeguardError('LIFEGUARD_ALREADY_GUARDED', 'This pool is guarded already, with other options.');
}

function unknownPool(pool: unknown): LifeguardError {
  if (!isObject(pool)) return new LifeguardError('LIFEGUARD_UNKNOWN_POOL', `guard() got ${String(pool)}, which is no pool.`);
  const members = new Set([...Object.keys(pool), ...methodsOf(pool)]);
  const shown = [...members].slice(0, 12).join(', ');
  const sentence = `No record of the catalogue describes this object of class ${classOf(pool) || 'unknown'} with ${shown || 'no members'}.`;
  return new LifeguardError('LIFEGUARD_UNKNOWN_POOL', sentence);
}

function methodsOf(value: object): readonly string[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!isObject(prototype) || prototype === Object.prototype || prototype === Function.prototype) return [];
  return [...Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor'), ...methodsOf(prototype)];
}
