import { readFileSync, statSync } from 'node:fs';
import { dirname, extname, isAbsolute, resolve } from 'node:path';

const largestFile = 1_000_000;
const typeScript = ['.ts', '.tsx', '.mts', '.cts'];
const javaScript = ['.js', '.jsx', '.mjs', '.cjs'];
/** In the order in which they are looked for: what the importing file is written in comes first. */
const fromTypeScript = [...typeScript, ...javaScript];
const fromJavaScript = [...javaScript, ...typeScript];
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

/** What the disk said is trusted so long, while the host goes on from file to file. */
const trustedMs = 2_000;
/** The files linted since it was asked. One that is linted again asks anew: work on another may be why. */
const linted = new Set<string>();
let askedAtMs = 0;
let epoch = {};

/** Begins the analysis of a file, which may ask the disk anew from here on. */
export function lookAgain(filename: string): void {
  const nowMs = Date.now();
  if (linted.has(filename) || nowMs < askedAtMs || nowMs - askedAtMs > trustedMs) {
    linted.clear();
    stamps.clear();
    meant.clear();
    askedAtMs = nowMs;
    epoch = {};
  }
  linted.add(filename);
}

/** An object that is another once the disk is asked anew: what was found out from it holds as long. */
export function diskEpoch(): object {
  return epoch;
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
  const extensions = javaScript.includes(extname(from)) ? fromJavaScript : fromTypeScript;
  const key = `${folder}\n${extensions[0] ?? ''}${specifier}`;
  const isKnown = meant.has(key);
  const found = isKnown ? meant.get(key) : lookFor(specifier, folder, extensions);
  if (!isKnown) meant.set(key, found);
  return found === from ? undefined : found;
}

function lookFor(specifier: string, folder: string, extensions: readonly string[]): string | undefined {
  if (!/^\.\.?(?:\/|$)/u.test(specifier)) return undefined;
  const path = resolve(folder, specifier);
  const isFolder = specifier.endsWith('/');
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const asSpelt = !isFolder && extensions.includes(extension) ? [extension] : [];
  const compiled = spelt[extension] ?? [];
  return (
    firstOf(extensions === fromTypeScript ? [...compiled, ...asSpelt] : [...asSpelt, ...compiled], stem) ??
    firstOf(isFolder ? [] : extensions, path) ??
    firstOf(extensions, resolve(path, 'index'))
  );
}

function firstOf(endings: readonly string[], stem: string): string | undefined {
  for (const ending of endings) if (stampOf(stem + ending) !== undefined) return stem + ending;
  return undefined;
}
