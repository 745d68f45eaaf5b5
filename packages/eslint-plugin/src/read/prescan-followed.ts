import type { Facts } from './facts.ts';
import { fileMeant, stampOf, textOf } from './file.ts';
import { commonNames, mayHoldPools, worthFollowing } from './prescan.ts';

/** What one scan over a file tells. */
interface Scan {
  readonly stamp: string;
  /** It names a driver, acquires or releases. */
  readonly matters: boolean;
  /** It may acquire itself. */
  readonly lends: boolean;
  readonly imports: readonly string[];
}

interface Scans {
  readonly words: RegExp;
  readonly operations: RegExp;
  readonly files: Map<string, Scan>;
}

const scansOf = new WeakMap<Facts, Scans>();
const keptFiles = 5_000;

/**
 * Tells without parsing whether a file that another one imports can say anything about its pools:
 * it names a driver, acquires or releases, or a file does that it imports itself, `hops` further.
 */
export function mayMatterToImporters(path: string, facts: Facts, hops: number, seen = new Map<string, number>()): boolean {
  // Met again with more hops left, it may lead further.
  if ((seen.get(path) ?? -1) >= hops) return false;
  seen.set(path, hops);
  const scan = scanAt(path, facts);
  if (scan === undefined) return false;
  if (scan.matters) return true;
  return hops > 0 && scan.imports.some((specifier) => {
    const next = fileMeant(specifier, path);
    return next !== undefined && mayMatterToImporters(next, facts, hops - 1, seen);
  });
}

/**
 * Tells whether a text imports a file that may acquire, directly or by passing another one on.
 *
 * Who is lent a connection works with it: a text that operates nothing is not worth the look.
 */
export function importsLender(text: string, filename: string, facts: Facts): boolean {
  if (!scansFor(facts).operations.test(text)) return false;
  return relativeImports(text).some((specifier) => {
    const path = fileMeant(specifier, filename);
    const scan = path === undefined ? undefined : scanAt(path, facts);
    if (path === undefined || scan === undefined) return false;
    return scan.lends || scan.imports.some((further) => {
      const next = fileMeant(further, path);
      return next !== undefined && scanAt(next, facts)?.lends === true;
    });
  });
}

function scansFor(facts: Facts): Scans {
  const known = scansOf.get(facts);
  if (known !== undefined) return known;
  const operations = facts.drivers.flatMap(({ types }) =>
    Object.values(types).flatMap((type) => (type.role === 'connection' || type.role === 'transaction' ? (type.operations ?? []) : [])),
  );
  const names = [...new Set(operations)].filter((name) => /^\w{5,}$/u.test(name));
  const scans = { words: wordsOf(facts), operations: new RegExp(`\\.(?:${names.join('|')})\\b`, 'u'), files: new Map<string, Scan>() };
  scansOf.set(facts, scans);
  return scans;
}

function scanAt(path: string, facts: Facts): Scan | undefined {
  const stamp = stampOf(path);
  if (stamp === undefined) return undefined;
  const scans = scansFor(facts);
  const known = scans.files.get(path);
  if (known?.stamp === stamp) return known;
  const text = textOf(path) ?? '';
  const matters = scans.words.test(text);
  const scan = { stamp, matters, lends: mayHoldPools(text, facts), imports: relativeImports(text) };
  if (scans.files.size >= keptFiles) scans.files.clear();
  scans.files.set(path, scan);
  return scan;
}

function relativeImports(text: string): readonly string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*['"`](\.[^'"`\n]*)['"`]/gu)].flatMap(([, specifier]) => specifier ?? []);
}

/** Common acquires prove nothing in a file that neither names a driver nor imports one that does. */
function wordsOf(facts: Facts): RegExp {
  const modules = new Set<string>();
  const names = new Set<string>();
  for (const driver of facts.drivers) {
    for (const { module, global } of driver.packages) if (global !== true) modules.add(module);
    for (const { method } of driver.acquires) {
      if (/^\w{5,}$/u.test(method) && (!commonNames.has(method) || worthFollowing.has(method))) names.add(method);
    }
    for (const { role, operations = [], releases = [], destroys = [] } of Object.values(driver.types)) {
      // A function that only works with the connection it is given is worth knowing as a borrower.
      if (role === 'connection') for (const method of operations) if (/^\w{5,}$/u.test(method)) names.add(method);
      for (const { method } of [...releases, ...destroys]) if (/^\w+$/u.test(method)) names.add(method);
    }
  }
  const quoted = [...modules].map((module) => module.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'));
  return new RegExp(`['"\`](?:${quoted.join('|')})['"\`]|\\.(?:${[...names].join('|')})\\b`, 'u');
}
