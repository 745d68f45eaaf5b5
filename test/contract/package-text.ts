import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../node_modules', import.meta.url));
const texts = new Map<string, ReadonlySet<string>>();

/** All words in the code and the type declarations of some packages; not in their dependencies. */
export function wordsOf(modules: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  const packages = new Set(modules.map((module) => module.split('>').map(packageOf).join('>')));
  for (const name of packages) for (const word of wordsOfPackage(name)) words.add(word);
  return words;
}

/** The package that a specifier belongs to. */
export function packageOf(module: string): string {
  return module.split('/').slice(0, module.startsWith('@') ? 2 : 1).join('/');
}

function wordsOfPackage(name: string): ReadonlySet<string> {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const words = new Set<string>();
  // A package of a package, `redis>@redis/client`, stands beside its user in the store.
  const [direct = name, inner] = name.split('>');
  const start = realpathSync(join(root, direct));
  const folder = inner === undefined ? start : join(start, direct.includes('/') ? '../..' : '..', inner);
  for (const file of filesIn(folder)) {
    for (const [word] of readFileSync(file, 'utf8').matchAll(/[\w$]+/gu)) words.add(word);
  }
  texts.set(name, words);
  return words;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(join(folder, entry.name));
    return /\.(?:[cm]?js|d\.[cm]?ts)$/u.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}
