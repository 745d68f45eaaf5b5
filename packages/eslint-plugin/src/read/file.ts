import { readFileSync, statSync } from 'node:fs';
import { dirname, extname, isAbsolute, resolve } from 'node:path';

const largestFile = 1_000_000;
const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
/** What a specifier's extension is spelt like in the sources of a TypeScript project. */
const spelt: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

const stamps = new Map<string, string | undefined>();
/** What specifiers mean, by folder and specifier. */
const meant = new Map<string, string | undefined>();

/** Asks the disk anew from here on: what it said holds for the analysis of one file. */
export function lookAgain(): void {
  stamps.clear();
  meant.clear();
}

/** The version of a file: when it was changed, and its size; `undefined` where there is none. */
export function stampOf(path: string): string | undefined {
  if (stamps.has(path)) return stamps.get(path);
  const stamp = readStamp(path);
  stamps.set(path, stamp);
  return stamp;
}

function readStamp(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true && stat.size <= largestFile ? `${stat.mtimeMs}:${stat.size}` : undefined;
  } catch {
    // A file where a folder is asked for, a folder nobody may read.
    return undefined;
  }
}

/** The text of a file; `undefined` where it cannot be read. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The file that a relative specifier means, seen from another file. */
export function fileMeant(specifier: string, from: string): string | undefined {
  if (!specifier.startsWith('.') || !isAbsolute(from)) return undefined;
  const folder = dirname(from);
  const key = `${folder}\n${specifier}`;
  const isKnown = meant.has(key);
  const found = isKnown ? meant.get(key) : lookFor(specifier, folder);
  if (!isKnown) meant.set(key, found);
  return found === from ? undefined : found;
}

function lookFor(specifier: string, folder: string): string | undefined {
  if (!/^\.\.?(?:\/|$)/u.test(specifier)) return undefined;
  const path = resolve(folder, specifier);
  const isFolder = specifier.endsWith('/');
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const isSpelt = !isFolder && extensions.includes(extension);
  return (
    firstOf(isSpelt ? [extension] : [], stem) ??
    firstOf(spelt[extension] ?? [], stem) ??
    firstOf(isFolder ? [] : extensions, path) ??
    firstOf(extensions, resolve(path, 'index'))
  );
}

function firstOf(endings: readonly string[], stem: string): string | undefined {
  for (const ending of endings) if (stampOf(stem + ending) !== undefined) return stem + ending;
  return undefined;
}
