import type { Driver } from '@lifeguard/catalogue';
import type { Facts } from './facts.ts';

/**
 * Method names that half of all programs use for something else. By themselves they prove nothing;
 * with a release of the same file, or a pool that is imported, they do.
 */
export const commonNames: ReadonlySet<string> = new Set([
  'acquire', 'aggregate', 'begin', 'connect', 'duplicate', 'exec', 'execute', 'fetch', 'find', 'listen',
  'monitor', 'open', 'prepare', 'query', 'request', 'reserve', 'session', 'stream', 'subscribe', 'transaction',
  'upgrade', 'watch',
]);

/** Common acquires that are worth a look where a file imports other files of its project. */
export const worthFollowing: ReadonlySet<string> = new Set(['acquire', 'begin', 'connect', 'reserve', 'session', 'transaction']);

/** Releases so common that they make no pair with a common acquire. */
const commonReleases = new Set(['close', 'disconnect', 'end', 'destroy', 'quit']);

/** The roles of what a pool lends. */
const lent: ReadonlySet<string> = new Set(['connection', 'session', 'transaction']);

interface Scan {
  readonly words: RegExp;
  readonly distinctive: ReadonlySet<string>;
  /** The records that have a common acquire of this name. */
  readonly acquires: ReadonlyMap<string, ReadonlySet<Driver>>;
  /** The records that have a release of this name. */
  readonly releases: ReadonlyMap<string, ReadonlySet<Driver>>;
}

const scans = new WeakMap<Facts, Scan>();

/** What a text lets expect: something to look at, or only if a file that it imports has to do with a driver. */
export type Expected = 'pools' | 'imported' | 'nothing';

/** What one scan over a text tells. */
export interface Words {
  readonly expected: Expected;
  /** The drivers of which it has a common acquire, but no release; not told once pools are expected. */
  readonly acquired: ReadonlySet<Driver>;
  /** The drivers of which it has a release, but no acquire; not told once pools are expected. */
  readonly released: ReadonlySet<Driver>;
}

/**
 * Tells by one scan over the text whether a file can hold anything to look at.
 *
 * It can where it names a catalogued module or a distinctive acquire, or where a common acquire meets
 * a release of the same driver. Where either meets an import of another file of the project, that file decides;
 * `importsAliased` is asked for one that no relative specifier names.
 */
export function wordsIn(text: string, facts: Facts, importsAliased: () => boolean): Words {
  const { words, distinctive, acquires, releases } = scanOf(facts);
  words.lastIndex = 0;
  const acquired = new Set<Driver>();
  const released = new Set<Driver>();
  const pools: Words = { expected: 'pools', acquired, released };
  let followed = false;
  let imported = false;
  for (let match = words.exec(text); match !== null; match = words.exec(text)) {
    const [, specifier, relative, documented, word] = match;
    if (specifier !== undefined || documented !== undefined) return pools;
    if (relative !== undefined) imported = true;
    if (word === undefined) continue;
    if (distinctive.has(word)) return pools;
    const lenders = acquires.get(word);
    if (lenders !== undefined && !isUsed(text, match.index, words.lastIndex)) continue;
    if (worthFollowing.has(word)) followed = true;
    for (const driver of lenders ?? []) {
      if (released.has(driver)) return pools;
      acquired.add(driver);
    }
    for (const driver of releases.get(word) ?? []) {
      if (acquired.has(driver)) return pools;
      released.add(driver);
    }
  }
  const expected = (followed || released.size > 0) && (imported || importsAliased()) ? 'imported' : 'nothing';
  return { expected, acquired, released };
}

/** `pool.connect`, `connect(…)`, `{ connect: open }`: half of the mentions of such words are in comments. */
function isUsed(text: string, start: number, end: number): boolean {
  if (text[end] === '(' || text[start - 1] === '.' || text[start - 1] === '#') return true;
  called.lastIndex = end;
  return called.test(text);
}

const called = /['"]?\s*(?:\?\.)?[(<:\]]/uy;

function scanOf(facts: Facts): Scan {
  const known = scans.get(facts);
  if (known !== undefined) return known;
  const modules = new Set<string>();
  const distinctive = new Set<string>();
  const acquires = new Map<string, Set<Driver>>();
  const releases = new Map<string, Set<Driver>>();
  const add = (map: Map<string, Set<Driver>>, method: string, driver: Driver): void => {
    map.set(method, (map.get(method) ?? new Set()).add(driver));
  };
  for (const driver of facts.drivers) {
    for (const { module, global } of driver.packages) if (global !== true) modules.add(module);
    for (const { of, method, proofOnly } of driver.acquires) {
      // A function of the module needs the module's name, which is looked for anyway.
      if (of === 'module' || (proofOnly === true && !worthFollowing.has(method))) continue;
      if (commonNames.has(method)) add(acquires, method, driver);
      else distinctive.add(method);
    }
    for (const { role, releases: given = [] } of Object.values(driver.types)) {
      if (!lent.has(role)) continue;
      for (const { method } of given) if (!commonReleases.has(method)) add(releases, method, driver);
    }
  }
  const scan = {
    words: wordsOf(modules, new Set(facts.drivers.map(({ name }) => name)), new Set([...distinctive, ...acquires.keys(), ...releases.keys()])),
    distinctive,
    acquires,
    releases,
  };
  scans.set(facts, scan);
  return scan;
}

/** Literal alternatives only, so that no text makes the scan go back. */
function wordsOf(modules: ReadonlySet<string>, drivers: ReadonlySet<string>, names: ReadonlySet<string>): RegExp {
  const anyOf = (words: ReadonlySet<string>): string =>
    words.size === 0 ? '(?!)' : [...words].map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')).join('|');
  return new RegExp(
    `['"\`](?:(${anyOf(modules)})['"\`]|(\\.\\.?/))|\\{(?:Promise<)?(${anyOf(drivers)})\\.|(?<![\\w$])(${anyOf(names)})(?![\\w$])`,
    'gu',
  );
}
