import { readFileSync, statSync } from 'node:fs';
import { dirname, extname, isAbsolute, resolve } from 'node:path';
import type { ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { Facts } from './facts.ts';
import type { Module } from './module.ts';
import { parse } from './parse.ts';
import { mayMatterToImporters } from './prescan-followed.ts';
import type { Settings } from './settings.ts';

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
const largestFile = 1_000_000;
const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
/** What a specifier's extension is spelt like in the sources of a TypeScript project. */
const spelt: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

const files = new Map<string, Entry>();
const modules = new WeakMap<Parsed, WeakMap<Facts, Map<number, Module>>>();

/** What a file under analysis is made of. */
export interface Source {
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Scope.ScopeManager;
  readonly services?: ParserServicesWithTypeInformation | undefined;
}

/** Makes the module of a parsed file; `depth` says how many imports led here. */
export function createModule(
  source: Source,
  filename: string,
  settings: Settings,
  depth = 0,
): Module {
  const followed = new Map<string, Module | undefined>();
  const follow = (specifier: string, deepest: number): Module | undefined => {
    if (!settings.followImports || depth >= deepest) return undefined;
    if (!followed.has(specifier)) {
      followed.set(specifier, moduleAt(specifier, filename, settings, depth + 1));
    }
    return followed.get(specifier);
  };
  return {
    filename,
    text: source.text,
    ast: source.ast,
    scopeManager: source.scopeManager,
    facts: settings.facts,
    follow: (specifier) => follow(specifier, furthest),
    followBarrel: (specifier) => follow(specifier, furthest + 1),
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
): Module | undefined {
  if (!/^\.\.?(?:\/|$)/u.test(specifier) || !isAbsolute(from)) return undefined;
  const path = fileNamed(resolve(dirname(from), specifier), specifier.endsWith('/'));
  if (path === undefined || path === from) return undefined;
  const parsed = parsedFile(path, settings.facts);
  if (parsed === undefined) return undefined;
  const byFacts = getOrAdd(modules, parsed, () => new WeakMap<Facts, Map<number, Module>>());
  const byDepth = getOrAdd(byFacts, settings.facts, () => new Map<number, Module>());
  return getOrAdd(byDepth, depth, () => createModule(parsed, path, settings, depth));
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

/** The file a path without certain extension means. */
function fileNamed(path: string, folder: boolean): string | undefined {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const candidates = [
    ...(!folder && extensions.includes(extension) ? [path] : []),
    ...(spelt[extension] ?? []).map((other) => stem + other),
    ...(folder ? [] : extensions.map((other) => path + other)),
    ...extensions.map((other) => resolve(path, `index${other}`)),
  ];
  return candidates.find((candidate) => statOf(candidate) !== undefined);
}

function statOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? `${stat.mtimeMs}:${stat.size}` : undefined;
}

function parsedFile(path: string, facts: Facts): Parsed | undefined {
  const stamp = statOf(path);
  if (stamp === undefined) return undefined;
  const key = path;
  const known = files.get(key);
  files.delete(key);
  const entry = known?.stamp === stamp ? known : { stamp, parsed: readAndParse(path, facts) };
  files.set(key, entry);
  for (const oldest of files.keys()) {
    if (files.size <= keptFiles) break;
    files.delete(oldest);
  }
  return entry.parsed;
}

function readAndParse(path: string, facts: Facts): Parsed | undefined {
  try {
    if (statSync(path).size > largestFile) return undefined;
    const text = readFileSync(path, 'utf8');
    return mayMatterToImporters(text, facts) ? parse(text, path) : undefined;
  } catch {
    // Unreadable and unparsable alike: the file proves nothing.
    return undefined;
  }
}
