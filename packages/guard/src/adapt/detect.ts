import type { Driver, Gauges } from '@lifeguard/catalogue';
import { isObject, readerOf } from './path.ts';
import { irregularOf } from './irregular/index.ts';

/** Which record speaks of a pool, and where its lending methods are. */
export interface Detection {
  readonly driver: Driver;
  /** The record of the pool itself, where another speaks of what lends: knex's, of a pool of tarn's. */
  readonly facade: Driver;
  readonly type: string;
  /** The object whose methods lend; the pool itself, unless the pool is a facade. */
  readonly core: object;
  /** The record's name for the type of `core`. */
  readonly coreType: string;
}

/** The longest way from a facade to what it stands before: a knex instance, its client, its pool. */
const farthest = 3;

/**
 * Finds the record that describes a pool; `undefined` where none does.
 *
 * The class of an object does not tell the package it came from, and there may be two copies of
 * one. So a pool is known by what it can do: every acquire of the type, a way to end it, and every
 * gauge gives a number. Of several types that fit, the one that says most wins, then the one that
 * bears the name of the object's class.
 */
export function detect(pool: object, drivers: readonly Driver[]): Detection | undefined {
  const fits = drivers
    .flatMap((driver) => Object.keys(driver.types).map((type) => ({ driver, type, facts: factsOf(pool, driver, type) })))
    .filter(({ facts }) => facts > 0)
    .sort((one, other) => other.facts - one.facts);
  for (const { driver, type } of fits) {
    const found = coreOf(pool, driver, type, drivers, farthest);
    if (found !== undefined) return { driver: found.driver ?? driver, facade: driver, type, core: found.core, coreType: found.type };
  }
  return undefined;
}

interface Core {
  readonly core: object;
  readonly type: string;
  /** Where another record speaks of the core: tarn's of the pool inside knex. */
  readonly driver?: Driver;
}

/** Follows the members that lead to the object that really lends. */
function coreOf(pool: object, driver: Driver, type: string, drivers: readonly Driver[], steps: number): Core | undefined {
  const other = irregularOf(driver.name).core?.(pool);
  if (other !== undefined) {
    const inner = detect(other, drivers);
    return inner && { core: inner.core, type: inner.coreType, driver: inner.driver };
  }
  for (const member of driver.members) {
    if (member.of !== type || member.how !== 'get' || driver.types[member.gives]?.role !== 'pool') continue;
    const inner: unknown = readerOf(member.name)(pool);
    if (!isObject(inner) || steps === 0 || factsOf(inner, driver, member.gives) === 0) continue;
    return coreOf(inner, driver, member.gives, drivers, steps - 1);
  }
  return { core: pool, type };
}

/** How many facts of a type hold for an object; 0 where one does not. */
function factsOf(pool: object, driver: Driver, type: string): number {
  const facts = driver.types[type];
  if (facts?.role !== 'pool') return 0;
  const ends = facts.ends?.filter((method) => typeof Reflect.get(pool, method) === 'function');
  // Some versions have one of them, some another.
  if (ends?.length === 0) return 0;
  const methods = [
    ...driver.acquires.filter((one) => one.of === type && one.arrives !== 'receiver').map((one) => one.method),
    ...driver.scopes.filter((one) => one.of === type).map((one) => one.method),
    ...(ends ?? []),
  ];
  const lends = driver.acquires.some((one) => one.of === type);
  const gauges = driver.gauges?.find((one) => one.of === type);
  if (!lends && gauges === undefined) return 0;
  const paths = gauges === undefined ? [] : pathsOf(gauges);
  if (!methods.every((method) => method === '()' || typeof Reflect.get(pool, method) === 'function')) return 0;
  if (!paths.every((path) => typeof readerOf(path)(pool) === 'number')) return 0;
  if (irregularOf(driver.name).fits?.(pool, type) === false) return 0;
  const names = [type, ...(facts.aliases ?? [])];
  return new Set(methods).size + paths.length * 2 + (names.includes(classOf(pool)) ? 0.5 : 0);
}

function pathsOf({ total, active, idle, waiting }: Gauges): readonly string[] {
  return [total, active, idle, waiting].filter((path) => path !== undefined);
}

/** The name of an object's class, for messages too. */
export function classOf(value: object): string {
  const made: unknown = Reflect.get(value, 'constructor');
  return typeof made === 'function' ? made.name : '';
}
