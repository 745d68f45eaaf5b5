import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { originOf } from '../../packages/eslint-plugin/src/read/origin.ts';
import { functionOf } from '../../packages/eslint-plugin/src/read/callee.ts';
import { print, probe } from './program.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'follow-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

afterEach(() => {
  vi.useRealTimers();
});

let count = 0;

/** Writes files into a folder of their own and reads `main.ts` there. */
function originIn(files: Record<string, string>, code: string, settings = {}): string {
  const root = write(files);
  const reading = { filename: join(root, 'main.ts'), settings };
  return probe(code, reading, (node, module) => print(originOf(node, module))).join('; ');
}

function write(files: Record<string, string>): string {
  const root = join(folder, String((count += 1)));
  mkdirSync(root);
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return root;
}

const pool = `import { Pool } from 'pg'; export const pool = new Pool();`;

describe('an import of the program is followed to the file that makes the pool', () => {
  it.each([
    ['a named export', { 'db.ts': pool }, `import { pool } from './db'; probe(pool)`],
    ['an extension', { 'db.js': pool }, `import { pool } from './db.js'; probe(pool)`],
    ['the extension of the compiled file', { 'db.ts': pool }, `import { pool } from './db.js'; probe(pool)`],
    ['a folder', { 'db/index.ts': pool }, `import { pool } from './db'; probe(pool)`],
    ['a default export', { 'db.ts': `import { Pool } from 'pg'; export default new Pool();` }, `import pool from './db'; probe(pool)`],
    ['a renamed export', { 'db.ts': `import { Pool } from 'pg'; const p = new Pool(); export { p as pool };` }, `import { pool } from './db'; probe(pool)`],
    ['a destructured export', { 'db.ts': `import { Pool } from 'pg'; export const { pool } = { pool: new Pool() };` }, `import { pool } from './db'; probe(pool)`],
    ['a namespace import', { 'db.ts': pool }, `import * as db from './db'; probe(db.pool)`],
    ['a barrel', { 'db.ts': `export { pool } from './pool';`, 'pool.ts': pool }, `import { pool } from './db'; probe(pool)`],
    ['a barrel of everything', { 'db.ts': `export * from './pool';`, 'pool.ts': pool }, `import { pool } from './db'; probe(pool)`],
    ['a barrel of names', { 'db.ts': `import { pool } from './pool'; export { pool };`, 'pool.ts': pool }, `import { pool } from './db'; probe(pool)`],
    ['module.exports', { 'db.js': `const { Pool } = require('pg'); module.exports = new Pool();` }, `const pool = require('./db'); probe(pool)`],
    ['an object of exports', { 'db.js': `const { Pool } = require('pg'); const pool = new Pool(); module.exports = { pool };` }, `const { pool } = require('./db'); probe(pool)`],
    ['a member of exports', { 'db.js': `const { Pool } = require('pg'); exports.pool = new Pool();` }, `const db = require('./db'); probe(db.pool)`],
    ['an object that grows', { 'db.js': `const { Pool } = require('pg'); const db = {}; db.pool = new Pool(); module.exports = db;` }, `const { pool } = require('./db'); probe(pool)`],
    ['a default import of CommonJS', { 'db.js': `const { Pool } = require('pg'); module.exports = { pool: new Pool() };` }, `import db from './db.js'; probe(db.pool)`],
    ['a function', { 'db.ts': `import { Pool } from 'pg'; const p = new Pool(); export function get() { return p }` }, `import { get } from './db'; probe(get())`],
    ['the field of an injected service', { 'db.ts': `import { Pool } from 'pg'; export class Db { readonly pool = new Pool() }` }, `import { Db } from './db'; class A { constructor(private db: Db) {} f() { probe(this.db.pool) } }`],
    ['a type', { 'deps.ts': `import type { Pool } from 'pg'; export interface Deps { pool: Pool }` }, `import type { Deps } from './deps'; function f(deps: Deps) { probe(deps.pool) }`],
    ['an instance of a service', { 'db.ts': `import { Pool } from 'pg'; class Db { pool = new Pool() } export const db = new Db();` }, `import { db } from './db'; probe(db.pool)`],
  ])('%s', (_title, files, code) => {
    expect(originIn({ ...files }, code)).toBe('pg Pool, followed');
  });

  it('knows the client that an imported function hands out', () => {
    const db = `import { Pool } from 'pg'; const pool = new Pool(); export const getClient = () => pool.connect();`;
    expect(originIn({ 'db.ts': db }, `import { getClient } from './db'; probe(await getClient())`)).toBe('pg PoolClient, followed');
  });

  it('proves nothing by a file that is missing, broken or of no interest', () => {
    const code = `import { pool } from './db'; probe(pool)`;
    expect(originIn({}, code)).toBe('unknown');
    expect(originIn({ 'db.ts': `import { Pool } from 'pg'; export const pool = = new Pool();` }, code)).toBe('unknown');
    expect(originIn({ 'db.ts': `export const pool = 1;` }, code)).toBe('unknown');
  });

  it('follows nothing where the user says so', () => {
    expect(originIn({ 'db.ts': pool }, `import { pool } from './db'; probe(pool)`, { followImports: false })).toBe('unknown');
  });

  it('reads a file again once it has changed', () => {
    const root = write({ 'db.ts': pool });
    const read = (): string[] =>
      probe(`import { pool } from './db'; probe(pool)`, { filename: join(root, 'main.ts') }, (node, module) => print(originOf(node, module)));
    expect(read()).toEqual(['pg Pool, followed']);
    writeFileSync(join(root, 'db.ts'), `import { Client } from 'pg'; export const pool = new Client();`);
    utimesSync(join(root, 'db.ts'), new Date(), new Date(Date.now() + 5000));
    expect(read()).toEqual(['pg Client, followed']);
  });

  it('trusts the disk for two seconds, where it goes on from file to file', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const root = write({ 'db.ts': pool });
    const origin = (filename: string): string[] =>
      probe(`import { pool } from './db'; probe(pool)`, { filename: join(root, filename) }, (node, module) => print(originOf(node, module)));
    expect(origin('a.ts')).toEqual(['pg Pool, followed']);
    writeFileSync(join(root, 'db.ts'), `import { Client } from 'pg'; export const pool = new Client();`);
    expect(origin('b.ts')).toEqual(['pg Pool, followed']);
    expect(origin('a.ts')).toEqual(['pg Client, followed']);
    writeFileSync(join(root, 'db.ts'), pool);
    vi.setSystemTime(Date.now() + 2_001);
    expect(origin('c.ts')).toEqual(['pg Pool, followed']);
  });

  it('finds a function that lends by whatever letters its name has', () => {
    const root = write({ 'conexão.js': `const { Pool } = require('pg'); const pool = new Pool(); exports.obterConexão = async () => pool.connect();` });
    const module = probe(`probe(x)`, { filename: join(root, 'main.js') }, (_node, found) => found)[0];
    expect(module?.reach().lends('obterConexão')).toBe(false);
    const importing = probe(`const { obterConexão } = require('./conexão'); probe(x)`, { filename: join(root, 'other.js') }, (_node, found) => found)[0];
    expect(importing?.reach().lends('obterConexão')).toBe(true);
    expect(importing?.reach().lends('obterConex')).toBe(false);
  });

  it('prefers what the importing file is written in', () => {
    const files = { 'db.js': pool, 'db.ts': `import { Client } from 'pg'; export const pool = new Client();` };
    const origin = (filename: string): string[] =>
      probe(`import { pool } from './db.js'; probe(pool)`, { filename: join(write(files), filename) }, (node, module) => print(originOf(node, module)));
    expect(origin('main.ts')).toEqual(['pg Client, followed']);
    expect(origin('main.js')).toEqual(['pg Pool, followed']);
  });

  it('reads again what a file that has not changed passes on', () => {
    const root = write({ 'a.ts': `export { pool } from './b';`, 'b.ts': pool });
    const reading = { filename: join(root, 'main.ts') };
    const main = `import { pool } from './a'; probe(pool);`;
    const origin = (): string => probe(main, reading, (node, module) => print(originOf(node, module))).join('; ');
    expect(origin()).toContain('Pool');
    writeFileSync(join(root, 'b.ts'), 'export const pool = 1;');
    expect(origin()).not.toContain('Pool');
  });

  it('takes a file where a folder is asked for as nothing', () => {
    expect(originIn({ 'package.json': '{}' }, `import x from './package.json'; probe(x);`)).not.toContain('Pool');
    expect(originIn({ 'a.ts': pool }, `import { pool } from './a.ts/b'; probe(pool);`)).not.toContain('Pool');
  });

  it('comes back from files that import each other', () => {
    const files = { 'a.ts': `import { pool } from './b'; export { pool }; // 'pg'`, 'b.ts': `import { pool } from './a'; export { pool }; // 'pg'` };
    expect(originIn(files, `import { pool } from './a'; probe(pool)`)).toBe('unknown');
  });
});

describe('a callee leads to its definition', () => {
  it.each([
    ['a declaration', `function f() {} probe(f)`],
    ['an arrow', `const f = () => {}; probe(f)`],
    ['a method of this', `class A { f() {} g() { probe(this.f) } }`],
    ['a private method', `class A { #f() {} g() { probe(this.#f) } }`],
    ['an inherited method', `class B { f() {} } class A extends B { g() { probe(this.f) } }`],
    ['a method of a new object', `class A { f() {} } probe(new A().f)`],
    ['a method of a constant object', `class A { f() {} } const a = new A(); probe(a.f)`],
    ['a static method', `class A { static f() {} } probe(A.f)`],
    ['a method of a literal', `const o = { f() {} }; probe(o.f)`],
    ['an arrow in a literal', `const o = { f: () => {} }; probe(o.f)`],
    ['a named import', `import { f } from './other'; probe(f)`],
    ['a namespace import', `import * as other from './other'; probe(other.f)`],
    ['a required function', `const { f } = require('./other'); probe(f)`],
  ])('%s', (_title, code) => {
    const root = write({ 'other.ts': `export function f() {} // 'pg'` });
    const found = probe(code, { filename: join(root, 'main.ts') }, (node, module) => functionOf(node, module)?.fn.type);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/Function/u);
  });

  it('does not choose between two functions', () => {
    const code = `let f = () => 1; f = () => 2; probe(f)`;
    expect(probe(code, {}, (node, module) => functionOf(node, module))).toEqual([undefined]);
  });
});

describe('a followed file that the parser of the linted file reads, which knows no types', () => {
  it.each([
    ['a function with parameters', `export function log(text, { level } = {}, ...rest) { return [text, level, rest] }`],
    ['a class with members', `export class Log { static #all = []; name = 'a'; constructor(name) { this.name = name } get all() { return Log.#all } }`],
    ['a class expression that extends', `export const Log = class extends Error { static { this.kind = 'log' } }`],
    ['patterns', `export const [first, { second } = {}] = []; for (const { x } of []) first(x, second)`],
    ['other exports and imports', `import * as path from 'node:path'; export * from 'node:os'; export { path }; export default async (x) => import(x)`],
    ['a tagged template and a try', 'export function f(tag) { try { return tag`a${1}` } catch ({ message }) { return message } }'],
    ['JSX', `export const View = ({ name }) => <b title={name}>{name}</b>`],
    ['old ways', `export function* gen(a) { var b = yield a; label: for (var i = 0; ; i++) { switch (b) { default: break label } } }`],
  ])('is read with %s in it', (_name, besides) => {
    const root = write({ 'db.js': `${pool}\n${besides}\n` });
    const reading = { parser: 'espree', filename: join(root, 'main.js') } as const;
    const read = probe(`import { pool } from './db.js'; probe(pool)`, reading, (node, module) => print(originOf(node, module)));
    expect(read).toEqual(['pg Pool, followed']);
  });
});
