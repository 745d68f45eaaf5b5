import type { ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { Facts } from './facts.ts';
import { diskEpoch, lookAgain, stampOf, textOf } from './disk.ts';
import { aliasesOf, fileMeant } from './file.ts';
import type { Module } from './module.ts';
import { parse, type JavaScriptParser } from './parse.ts';
import { wordsIn } from './prescan.ts';
import { importsAliased, importsLender, mayMatterToImporters, meetsDriver, reachOf, type Reach } from './prescan-followed.ts';
import type { Settings } from './settings.ts';
import { guardPackage } from './specifier.ts';

/** A file that was read and parsed. */
interface Parsed {
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Scope.ScopeManager;
}

interface Entry {
  readonly stamp: string;
  readonly parsed: Parsed | undefined;
}

/** A pool is imported from a module that often imports it from the module that makes it. */
const furthest = 2;
const keptFiles = 500;

const files = new Map<string, Entry>();
const modules = new WeakMap<Parsed, WeakMap<Facts, Map<number, Module>>>();

/** What a file under analysis is made of. */
export interface Source {
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Scope.ScopeManager;
  readonly services?: ParserServicesWithTypeInformation | undefined;
  /** What parsed it, if it may parse the files it imports too. */
  readonly parser?: JavaScriptParser | undefined;
}

/** Makes the module of a parsed file; `depth` says how many imports led here. */
export function createModule(
  source: Source,
  filename: string,
  settings: Settings,
  depth = 0,
): Module {
  if (depth === 0) lookAgain(filename);
  let holder: boolean | undefined;
  let lender: boolean | undefined;
  let reached: { readonly reach: Reach; epoch: object } | undefined;
  const aliases = settings.followImports ? aliasesOf(filename) : undefined;
  // A record's own name means its package, whatever file stands in for its types.
  const isAlias = (specifier: string): boolean =>
    settings.followImports && specifier !== guardPackage && fileMeant(specifier, filename) !== undefined && settings.facts.ofModule(specifier).length === 0;
  const followed = new Map<string, Followed>();
  const follow = (specifier: string, deepest: number): Module | undefined => {
    if (!settings.followImports || depth >= deepest) return undefined;
    if (!followed.has(specifier)) {
      followed.set(specifier, moduleAt(specifier, filename, settings, depth + 1, source.parser));
    }
    return followed.get(specifier)?.module;
  };
  const hops = settings.followImports ? furthest + 1 - depth : 0;
  const askReach = (): Reach => reachOf(source.text, filename, settings.facts, hops);
  const reach = (): Reach => (reached ??= { reach: askReach(), epoch: diskEpoch() }).reach;
  const reachesAsBefore = (): boolean => {
    if (reached === undefined || reached.epoch === diskEpoch()) return true;
    reached.epoch = diskEpoch();
    return askReach().key() === reached.reach.key();
  };
  const holdsPools = (): boolean => {
    const words = wordsIn(source.text, settings.facts, () => settings.followImports && importsAliased(source.text, filename));
    if (words.expected !== 'imported') return words.expected === 'pools';
    return source.services !== undefined || meetsDriver(source.text, words, filename, settings.facts, hops);
  };
  const keepsAliases = (): boolean => !settings.followImports || aliasesOf(filename) === aliases;
  return {
    filename,
    text: source.text,
    ast: source.ast,
    scopeManager: source.scopeManager,
    facts: settings.facts,
    isOwn: (specifier) => specifier.startsWith('.') || isAlias(specifier),
    follow: (specifier) => follow(specifier, furthest),
    followBarrel: (specifier) => follow(specifier, furthest + 1),
    mayHoldPools: () => (holder ??= holdsPools()),
    importsLender: () => (lender ??= settings.followImports && importsLender(source.text, filename, settings.facts)),
    reachesAny: (drivers) => source.services !== undefined || drivers.some((driver) => reach().names(driver)),
    reach,
    isCurrent: () => keepsAliases() && [...followed.values()].every(isCurrent) && reachesAsBefore(),
    depth,
    services: source.services,
    assumedPools: settings.assumePoolNames,
  };
}

function moduleAt(
  specifier: string,
  from: string,
  settings: Settings,
  depth: number,
  parser: JavaScriptParser | undefined,
): Followed {
  const path = fileMeant(specifier, from);
  if (path === undefined) return {};
  const stamp = stampOf(path);
  const parsed = parsedFile(path, settings.facts, depth, parser);
  if (parsed === undefined) return { path, stamp };
  const byFacts = getOrAdd(modules, parsed, () => new WeakMap<Facts, Map<number, Module>>());
  const byDepth = getOrAdd(byFacts, settings.facts, () => new Map<number, Module>());
  const known = byDepth.get(depth);
  const module = known?.isCurrent() === true ? known : createModule({ ...parsed, parser }, path, settings, depth);
  byDepth.set(depth, module);
  return { path, stamp, module };
}

/** What a specifier led to, and the version of the file it was read in. */
interface Followed {
  readonly path?: string;
  readonly stamp?: string | undefined;
  readonly module?: Module;
}

function isCurrent({ path, stamp, module }: Followed): boolean {
  return path === undefined || (stampOf(path) === stamp && module?.isCurrent() !== false);
}

function getOrAdd<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function parsedFile(path: string, facts: Facts, depth: number, parser: JavaScriptParser | undefined): Parsed | undefined {
  const stamp = stampOf(path);
  if (stamp === undefined || !mayMatterToImporters(path, facts, furthest + 1 - depth)) return undefined;
  const known = files.get(path);
  if (known?.stamp === stamp) return known.parsed;
  const parsed = readAndParse(path, parser);
  if (files.size >= keptFiles) files.clear();
  files.set(path, { stamp, parsed });
  return parsed;
}

function readAndParse(path: string, parser: JavaScriptParser | undefined): Parsed | undefined {
  try {
    const text = textOf(path);
    return text === undefined ? undefined : parse(text, path, parser);
  } catch {
    // Unreadable and unparsable alike: the file proves nothing.
    return undefined;
  }
}
