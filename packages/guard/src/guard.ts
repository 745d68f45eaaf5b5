import { mergeDrivers } from '@lifeguard/catalogue';
import { adviceFor, type Advice } from './advice.ts';
import { adapt } from './adapt/adapt.ts';
import { classOf, detect } from './adapt/detect.ts';
import { Patches } from './adapt/patch.ts';
import { isObject } from './adapt/path.ts';
import { LifeguardError } from './errors.ts';
import { publisherOf } from './event/publish.ts';
import type { Guarded } from './guarded.ts';
import { Ledger } from './lease/ledger.ts';
import { Lending } from './lease/lend.ts';
import { readOptions, type GuardOptions } from './options.ts';
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
  const drivers = mergeDrivers(records(), options.drivers, 'guard.drivers');
  const found = isObject(pool) ? detect(pool, drivers) : undefined;
  if (found === undefined) throw unknownPool(pool);
  const before = watchOn(found.core);
  if (before !== undefined) {
    if (!isSame(before.options, options)) throw alreadyGuarded();
    return pool as Guarded<P>;
  }
  const adapter = adapt(pool, found);
  const patches = new Patches();
  const returning = new Patches();
  const ledger: Ledger = new Ledger(options.name ?? nameFor(found.facade.name), adapter, read, publisherOf(() => ledger));
  const watchers = watchersOf(ledger);
  const sweep = Sweep.of(read.clock);
  const leave = sweep.add(ledger, watchers);
  for (const { gate } of watchers) if (gate !== undefined) ledger.post(gate);
  ledger.post({ asked: () => sweep.wake(ledger) });
  new Lending(ledger).install(patches, returning);
  const { printOnSignal } = read;
  const stopPrinting = printOnSignal === false ? undefined : printOn(printOnSignal, () => holdersTable(statsOf(ledger), holdersOf(ledger)));
  const watch: Watch = {
    options,
    stats: () => statsOf(ledger),
    holders: () => holdersOf(ledger),
    advice: () => adviceFor(ledger),
    stop() {
      stopPrinting?.();
      ledger.close();
      leave();
      patches.undo();
      ledger.whenEmpty(() => returning.undo());
      for (const on of [pool, found.core]) Reflect.deleteProperty(on, guardKey);
    },
  };
  for (const on of new Set([pool, found.core])) {
    Object.defineProperty(on, guardKey, { value: watch, configurable: true, enumerable: false });
  }
  return pool as Guarded<P>;
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
