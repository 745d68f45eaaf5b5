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
  readonly acquires: ReadonlySet<string>;
  readonly releases: ReadonlySet<string>;
}

const scans = new WeakMap<Facts, Scan>();

/**
 * Tells by one scan over the text whether a file can hold anything to look at.
 *
 * It can where it names a catalogued module or a distinctive acquire, where a common acquire meets
 * a release, or where either meets an import of another file of the project; `importsAliased`
 * is asked for one that no relative specifier names.
 */
export function mayHoldPools(text: string, facts: Facts, importsAliased: () => boolean): boolean {
  const { words, distinctive, acquires, releases } = scanOf(facts);
  words.lastIndex = 0;
  let acquired = false;
  let followed = false;
  let released = false;
  let imported = false;
  for (let match = words.exec(text); match !== null; match = words.exec(text)) {
    const [, specifier, relative, documented, word] = match;
    if (specifier !== undefined || documented !== undefined) return true;
    if (relative !== undefined) imported = true;
    if (word !== undefined) {
      if (distinctive.has(word)) return true;
      if (acquires.has(word)) {
        acquired = true;
        if (worthFollowing.has(word)) followed = true;
      }
      if (releases.has(word)) released = true;
    }
    if (acquired && released) return true;
    if (imported && (followed || released)) return true;
  }
  return (followed || released) && importsAliased();
}

function scanOf(facts: Facts): Scan {
  const known = scans.get(facts);
  if (known !== undefined) return known;
  const modules = new Set<string>();
  const distinctive = new Set<string>();
  const acquires = new Set<string>();
  const releases = new Set<string>();
  for (const driver of facts.drivers) {
    for (const { module, global } of driver.packages) if (global !== true) modules.add(module);
    for (const { of, method, proofOnly } of driver.acquires) {
      // A function of the module needs the module's name, which is looked for anyway.
      if (of === 'module' || (proofOnly === true && !worthFollowing.has(method))) continue;
      if (commonNames.has(method)) acquires.add(method);
      else distinctive.add(method);
    }
    for (const { role, releases: given = [] } of Object.values(driver.types)) {
      if (!lent.has(role)) continue;
      for (const { method } of given) if (!commonReleases.has(method)) releases.add(method);
    }
  }
  const scan = {
    words: wordsOf(modules, new Set(facts.drivers.map(({ name }) => name)), new Set([...distinctive, ...acquires, ...releases])),
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
