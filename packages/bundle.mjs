// Builds the JavaScript of the `dist` of the packages that others load, from their `src`; `tsc -b` writes the types beside it.
//
// Node takes half a millisecond for each module it loads, so what `index` needs is one file, and what the other
// subpaths of package.json's `exports` need besides is theirs. State is shared: no module is in two files.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import plugin from './eslint-plugin/bundle.mjs';
import guard from './guard/bundle.mjs';

/**
 * @typedef {object} Package
 * @property {string} folder Where `src` is.
 * @property {readonly string[]} [later] Modules that are loaded by name, besides the subpaths that are published.
 * @property {readonly [name: string, code: string][]} [besides] Files that are written as they are.
 * @property {import('rolldown').Plugin[]} [plugins]
 * @property {string} [dist] `dist` of the folder unless it says otherwise.
 */

/**
 * Writes what has changed, so that a process that reads `dist` meanwhile is not disturbed.
 *
 * @param {Package} of
 */
export async function bundle({ folder, later = [], besides = [], plugins = [], dist = join(folder, 'dist') }) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const published = Array.from(JSON.stringify(exports).matchAll(/"\.\/dist\/([^"]+)\.js"/gu), ([, name = '']) => name);
  /** @type {Map<string, readonly string[]>} */
  const imports = new Map();
  const build = await rolldown({
    input: Object.fromEntries([...published, ...later].map((name) => [name, join(folder, 'src', `${name}.ts`)])),
    platform: 'node',
    external: (id) => !/^(?:[./]|[a-z]:|@lifeguard\/catalogue$)/iu.test(id),
    plugins: [...plugins, { name: 'imports', moduleParsed: ({ id, importedIds }) => void imports.set(id, importedIds) }],
  });
  /** @type {Set<string> | undefined} */
  let core;
  const { output } = await build.generate({
    format: 'esm',
    sourcemap: true,
    // V8 reads comments too, and these are in the types.
    comments: { jsdoc: false, annotation: true, legal: true },
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    codeSplitting: { groups: [{ name: 'core', test: (id) => (core ??= reachable(join(folder, 'src/index.ts'), imports)).has(id) }] },
  });
  await build.close();
  const files = new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? inAscii(file.code) : file.source]));
  for (const [name, content] of [...files, ...besides]) write(join(dist, name), content);
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (/\.js(?:\.map)?$/u.test(name) && !files.has(name.replaceAll('\\', '/'))) rmSync(join(dist, name));
  }
}

/**
 * @param {string} entry
 * @param {ReadonlyMap<string, readonly string[]>} imports
 * @returns {Set<string>}
 */
function reachable(entry, imports) {
  const seen = new Set([entry]);
  for (const id of seen) for (const imported of imports.get(id) ?? []) seen.add(imported);
  return seen;
}

/**
 * A character outside of Latin-1 doubles what all others take in V8, and the time to read them.
 *
 * @param {string} code
 */
function inAscii(code) {
  return code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * @param {string} file
 * @param {string | Uint8Array} content
 */
function write(file, content) {
  try {
    if (readFileSync(file, 'utf8') === content) return;
  } catch {
    // There is none yet.
  }
  mkdirSync(dirname(file), { recursive: true });
  const made = `${file}.${process.pid}`;
  writeFileSync(made, content);
  renameSync(made, file);
}

export default async function bundleAll() {
  for (const one of [plugin, guard]) await bundle(one);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleAll();
