// Builds the JavaScript of `dist` from `src`; `tsc -b` writes the types beside it.
//
// Node takes half a millisecond for each module it loads, so what `index` needs is one file, and what the other
// subpaths of package.json's `exports` need besides is theirs. State is shared: no module is in two files.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deepStrictEqual } from 'node:assert';
import { drivers } from '@lifeguard/catalogue';
import { rolldown } from 'rolldown';

const folder = dirname(fileURLToPath(import.meta.url));
const dist = join(folder, 'dist');

/** What `register` loads by name, when it is needed. */
const later = ['registered', 'register/described', 'register/esm-loader', 'register/esm-source', 'register/warn', 'register/wrapping'];

/** Writes what has changed, so that a process that reads `dist` meanwhile is not disturbed. */
export default async function bundle() {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  // Jest's subpath loads it with Node's own loader.
  const entries = { ...entriesOf(manifest), 'runners/circus': join(folder, 'src/runners/circus.ts') };
  /** @type {Map<string, readonly string[]>} */
  const imports = new Map();
  const build = await rolldown({
    input: entries,
    platform: 'node',
    external: (id) => !/^(?:[./]|[a-z]:|@lifeguard\/catalogue$)/iu.test(id),
    plugins: [recordsAsText(), { name: 'imports', moduleParsed: ({ id, importedIds }) => void imports.set(id, importedIds) }],
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
  for (const [name, content] of [...files, ...requiredOf(manifest)]) write(join(dist, name), content);
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (/\.js(?:\.map)?$/u.test(name) && !files.has(name.replaceAll('\\', '/'))) rmSync(join(dist, name));
  }
}

/**
 * The subpaths that are published and what they load later, by the name of their file without its ending.
 *
 * @param {{ exports: object }} manifest
 * @returns {Record<string, string>}
 */
function entriesOf({ exports }) {
  const files = JSON.stringify(exports).matchAll(/"\.\/dist\/([^"]+)\.js"/gu);
  const names = [...Array.from(files, ([, name = '']) => name), ...later];
  return Object.fromEntries(names.map((name) => [name, join(folder, 'src', `${name}.ts`)]));
}

/**
 * What stands under `require`, which only Jest asks for: Node and bundlers take one of the conditions before it.
 * See src/runners/jest.cjs for what it does.
 *
 * @param {{ exports: object }} manifest
 * @returns {[name: string, code: string][]}
 */
function requiredOf({ exports }) {
  return Object.values(exports).flatMap((conditions) => {
    const { require: target, default: file } = conditions;
    if (target === undefined) return [];
    const name = target.slice('./dist/'.length);
    if (existsSync(join(folder, 'src', name))) return [[name, readFileSync(join(folder, 'src', name), 'utf8')]];
    const loader = `require('node:vm').runInThisContext('process').getBuiltinModule('node:module').createRequire(__filename)`;
    return [[name, `module.exports = ${loader}('./${basename(file)}');\n`]];
  });
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

/** V8 passes over a text faster than over the literals of all records, which are read when the first pool is guarded. */
function recordsAsText() {
  const json = JSON.stringify(drivers);
  deepStrictEqual(JSON.parse(json), drivers, 'A record holds more than JSON can say.');
  const text = `\`${json.replace(/[\\`]|\$\{/gu, '\\$&')}\``;
  const code = `let all;\nexport function records() {\n  return all ??= JSON.parse(${text});\n}\n`;
  const file = join(folder, 'src/records.ts');
  /** @type {(id: string) => { code: string, moduleType: 'js' } | undefined} */
  const load = (id) => (id === file ? { code, moduleType: 'js' } : undefined);
  return { name: 'records', load };
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle();
  console.log(`Bundled ${relative(process.cwd(), dist)}.`);
}
