import { dirname, extname, isAbsolute, resolve } from 'node:path';
import { aliasesFor, type Aliases } from './alias.ts';
import { diskEpoch, stampOf } from './disk.ts';
import { entriesOf, isOfPackage, pathsOfPackage } from './package.ts';
import { isNodeModule } from './specifier.ts';

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

/** What specifiers mean, by folder and specifier, as long as the disk is trusted. */
const meant = new Map<string, string | undefined>();
let epoch: object | undefined;

/** The file of the project that a specifier means, seen from another file: a relative one, an alias of TypeScript's, or a name that a `package.json` gives it. */
export function fileMeant(specifier: string, from: string): string | undefined {
  if (!isAbsolute(from)) return undefined;
  const folder = dirname(from);
  if (!specifier.startsWith('.') && aliasesFor(folder) === undefined && !isOfPackage(specifier, folder)) return undefined;
  const extensions = javaScript.includes(extname(from)) ? fromJavaScript : fromTypeScript;
  if (epoch !== diskEpoch()) {
    epoch = diskEpoch();
    meant.clear();
  }
  const key = `${folder}\n${extensions[0] ?? ''}${specifier}`;
  const isKnown = meant.has(key);
  const found = isKnown ? meant.get(key) : lookFor(specifier, folder, extensions);
  if (!isKnown) meant.set(key, found);
  return found === from ? undefined : found;
}

/** What TypeScript's configuration says to a file about names; the same function as long as it says the same. */
export function aliasesOf(filename: string): Aliases | undefined {
  return isAbsolute(filename) ? aliasesFor(dirname(filename)) : undefined;
}

function lookFor(specifier: string, folder: string, extensions: readonly string[]): string | undefined {
  if (/^\.\.?(?:\/|$)/u.test(specifier)) return lookAt(resolve(folder, specifier), specifier, extensions);
  const paths = isNodeModule(specifier) ? [] : [...(aliasesFor(folder)?.(specifier) ?? []), ...pathsOfPackage(specifier, folder)];
  for (const path of paths) {
    // An installed package is no file of the project, whatever name leads to it.
    const found = installedAt(path) > installedAt(folder) ? undefined : lookAt(path, specifier, extensions);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How far into a path its last folder of installed packages is; -1 without any. */
function installedAt(path: string): number {
  return path.replaceAll('\\', '/').lastIndexOf('/node_modules/');
}

function lookAt(path: string, specifier: string, extensions: readonly string[]): string | undefined {
  const isFolder = specifier.endsWith('/');
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const asSpelt = !isFolder && extensions.includes(extension) ? [extension] : [];
  const compiled = spelt[extension] ?? [];
  return (
    firstOf(extensions === fromTypeScript ? [...compiled, ...asSpelt] : [...asSpelt, ...compiled], stem) ??
    firstOf(isFolder ? [] : extensions, path) ??
    firstOf(extensions, resolve(path, 'index')) ??
    entryOf(path, extensions)
  );
}

/** What the `package.json` of a folder names, in whatever form it is there. */
function entryOf(folder: string, extensions: readonly string[]): string | undefined {
  for (const entry of entriesOf(folder)) {
    const extension = extname(entry);
    const found = firstOf([...(spelt[extension] ?? []), ...(extensions.includes(extension) ? [extension] : [])], entry.slice(0, entry.length - extension.length)) ?? firstOf(extensions, entry) ?? firstOf(extensions, resolve(entry, 'index'));
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstOf(endings: readonly string[], stem: string): string | undefined {
  for (const ending of endings) if (stampOf(stem + ending) !== undefined) return stem + ending;
  return undefined;
}
