// What ../bundle.mjs makes of this package: with the records as text, and what Jest loads.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deepStrictEqual } from 'node:assert';
import { drivers } from '@lifeguard/catalogue';

const folder = dirname(fileURLToPath(import.meta.url));

/** What `register` loads by name, when it is needed; Jest's subpath is loaded with Node's own loader. */
const later = [
  'registered', 'register/described', 'register/esm-loader', 'register/esm-source', 'register/warn', 'register/wrapping', 'runners/circus',
];

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

/** @type {import('../bundle.mjs').Package} */
export default {
  folder,
  later,
  besides: requiredOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))),
  plugins: [recordsAsText()],
};
