import { dirname, join, sep } from 'node:path';
import { framesOf, type Frame } from './frames.ts';
import { shared } from './shared.ts';
import type { Stack } from './stack.ts';

/** A place in a program: the absolute path of its source file, line and column from 1. */
export type Site = Frame;

/** Where something was called: the application's line, and the library's that called for it. */
export interface CallSite extends Site {
  /** The library that stands between the application and the pool: `typeorm@1.1.1`. */
  readonly library?: string;
  /** The library's own line, where it is not the same. */
  readonly libraryLine?: Site;
}

/** V8 formats a stack for its first reader alone, which may be another copy of the package. */
const keys = shared('site-keys', () => new WeakMap<Stack, string>());

/** Tells call sites apart by the frame that every capture has; `undefined` where nothing is known. */
export function keyOf(stack: Stack | undefined): string | undefined {
  if (stack === undefined) return undefined;
  const site = siteOf(stack);
  return keys.get(stack) ?? (site && `${site.file}:${site.line}:${site.column}`);
}

const sites = shared('sites', () => new WeakMap<Stack, CallSite | null>());

/**
 * Where the application stands in a stack; `undefined` where no frame is known.
 *
 * Frames of the guard and of Node are left out. Where the stack shows only a library, its line
 * stands for the application's.
 */
export function siteOf(stack: Stack | undefined): CallSite | undefined {
  if (stack === undefined) return undefined;
  const known = sites.get(stack);
  if (known !== undefined) return known ?? undefined;
  const site = readSite(stack);
  sites.set(stack, site ?? null);
  return site;
}

function readSite(stack: Stack): CallSite | undefined {
  const frames = framesOf(stack);
  if (frames[0] !== undefined) keys.set(stack, `${frames[0].file}:${frames[0].line}:${frames[0].column}`);
  const library = frames.find(({ file }) => isLibrary(file));
  const first = frames[0];
  const application = frames.find(({ file }) => !isLibrary(file)) ?? first;
  if (application === undefined) return undefined;
  if (library === undefined || first !== library) return application;
  const name = packageOf(dirname(library.file));
  return {
    ...application,
    ...(name === undefined ? {} : { library: name }),
    ...(application === library ? {} : { libraryLine: library }),
  };
}

function isLibrary(file: string): boolean {
  return file.includes(`${sep}node_modules${sep}`);
}

const packages = new Map<string, string | undefined>();

/** `name@version` of the package that a folder belongs to. */
function packageOf(folder: string): string | undefined {
  if (packages.has(folder)) return packages.get(folder);
  const path = join(folder, 'package.json');
  const above = dirname(folder);
  const name = nameIn(path) ?? (above === folder ? undefined : packageOf(above));
  packages.set(folder, name);
  return name;
}

/** Loads `node:fs` only here: as a module of its own it costs an import of the guard a millisecond. */
function nameIn(path: string): string | undefined {
  try {
    const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
    if (!existsSync(path)) return undefined;
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof json !== 'object' || json === null || !('name' in json) || !('version' in json)) return undefined;
    return `${String(json.name)}@${String(json.version)}`;
  } catch {
    return undefined;
  }
}

/** `file:line`, as people and terminals read it. */
export function showSite(site: Site | undefined): string {
  return site === undefined ? 'an unknown place' : `${site.file}:${site.line}`;
}
