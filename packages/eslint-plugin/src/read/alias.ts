import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { diskEpoch, stampOf, textOf } from './disk.ts';

/** The paths that a specifier may stand for; none where the project gives it no meaning. The same function as long as that holds. */
export type Aliases = (specifier: string) => readonly string[];

interface Known {
  readonly aliases: Aliases | undefined;
  /** The configurations it was read from, those it extends and refers to included, with their versions. */
  readonly files: ReadonlyMap<string, string | undefined>;
}

const require = createRequire(import.meta.url);
const configNames = ['tsconfig.json', 'jsconfig.json'];
const byConfig = new Map<string, Known>();
let byFolder = new Map<string, Aliases | undefined>();
let epoch: object | undefined;

/** The `paths` and `baseUrl` that TypeScript's configuration for a folder has: of the nearest `tsconfig.json` or `jsconfig.json`. */
export function aliasesFor(folder: string): Aliases | undefined {
  if (epoch !== diskEpoch()) {
    epoch = diskEpoch();
    byFolder = new Map();
  }
  if (byFolder.has(folder)) return byFolder.get(folder);
  const config = configNames.map((name) => join(folder, name)).find((path) => stampOf(path) !== undefined);
  const above = dirname(folder);
  const aliases = config !== undefined ? aliasesIn(config) : above === folder ? undefined : aliasesFor(above);
  byFolder.set(folder, aliases);
  return aliases;
}

function aliasesIn(config: string): Aliases | undefined {
  let known = byConfig.get(config);
  if (known === undefined || [...known.files].some(([path, stamp]) => stampOf(path) !== stamp)) {
    const files = new Map<string, string | undefined>();
    known = { aliases: readAliases(config, files), files };
    byConfig.set(config, known);
  }
  return known.aliases;
}

/** Reads a configuration, and adds to `files` what it is made of. */
function readAliases(config: string, files: Map<string, string | undefined>): Aliases | undefined {
  // Configurations may refer to each other.
  if (files.has(config)) return undefined;
  const stamp = stampOf(config);
  files.set(config, stamp);
  if (stamp === undefined) return undefined;
  // `require` cannot say what it gives; loaded only where a project has such a file.
  const { createPathsMatcher, parseTsconfig } = require('get-tsconfig') as typeof import('get-tsconfig');
  const asked = new Map<string, string>();
  try {
    const parsed = parseTsconfig(config, asked);
    const { compilerOptions = {}, references = [] } = parsed;
    if (compilerOptions.paths !== undefined || compilerOptions.baseUrl !== undefined) {
      return createPathsMatcher({ path: config, config: parsed }) ?? undefined;
    }
    // What only refers to the configurations of an application and of its tools has none itself.
    for (const { path } of references) {
      const referred = resolve(dirname(config), path);
      const aliases = readAliases(referred.endsWith('.json') ? referred : join(referred, 'tsconfig.json'), files);
      if (aliases !== undefined) return aliases;
    }
    return undefined;
  } catch (error) {
    // Not to be read: names mean nothing, until it is tried again. Where it extends what is not installed, what it says itself holds.
    files.set(config, undefined);
    const isMissing = error instanceof Error && /^File '.*' not found/u.test(error.message);
    const compilerOptions = isMissing ? ownOptions(textOf(config) ?? '') : undefined;
    try {
      return compilerOptions === undefined ? undefined : (createPathsMatcher({ path: config, config: { compilerOptions } }) ?? undefined);
    } catch {
      return undefined;
    }
  } finally {
    // Its cache is all that tells what else was read; the version is pinned.
    for (const key of asked.keys()) {
      const path = /^readFileSync:(.*):utf8$/u.exec(key)?.[1];
      if (path !== undefined && !files.has(path)) files.set(path, stampOf(path));
    }
  }
}

interface Options {
  baseUrl?: string;
  paths?: Record<string, string[]>;
}

/** The `paths` and `baseUrl` that stand in a configuration itself; its JSON may have comments and commas at the end. */
function ownOptions(text: string): Options | undefined {
  const said = fieldOf(parsed(text), 'compilerOptions');
  const baseUrl = fieldOf(said, 'baseUrl');
  const paths = Object.entries(fieldOf(said, 'paths') ?? {}).flatMap(([name, targets]: [string, unknown]) =>
    Array.isArray(targets) ? [[name, targets.filter((target) => typeof target === 'string')] as const] : [],
  );
  if (typeof baseUrl !== 'string' && paths.length === 0) return undefined;
  return { ...(typeof baseUrl === 'string' && { baseUrl }), ...(paths.length > 0 && { paths: Object.fromEntries(paths) }) };
}

function parsed(text: string): unknown {
  const plain = text
    .replaceAll(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//gu, (_match, string: string | undefined) => string ?? '')
    .replaceAll(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/gu, (_match, string: string | undefined) => string ?? '');
  try {
    return JSON.parse(plain);
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
