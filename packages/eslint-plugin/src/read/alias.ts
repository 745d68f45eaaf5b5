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
    const text = isMissing ? textOf(config) : undefined;
    if (text === undefined) return undefined;
    try {
      const own = parseTsconfig(config, new Map([[`readFileSync:${config}:utf8`, text.replace(/"extends"(?=\s*:)/u, '"missing"')]]));
      return createPathsMatcher({ path: config, config: own }) ?? undefined;
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
