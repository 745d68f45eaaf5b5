import { describe, expect, it } from 'vitest';
import { originOf } from '../../packages/eslint-plugin/src/read/origin.ts';
import { print, probe, type Reading } from './program.ts';

type Case = readonly [title: string, code: string, origin: string];

/** Programs of plain JavaScript, which both parsers must read alike. */
const javascript: readonly Case[] = [
  ['a pool of a default import', `import pg from 'pg'; const pool = new pg.Pool(); probe(pool)`, 'pg Pool'],
  ['a pool of a named import', `import { Pool } from 'pg'; const pool = new Pool(); probe(pool)`, 'pg Pool'],
  ['a renamed import', `import { Pool as P } from 'pg'; probe(new P())`, 'pg Pool'],
  ['a namespace import', `import * as pg from 'pg'; probe(new pg.Pool())`, 'pg Pool'],
  ['the default of a namespace', `import * as pg from 'pg'; probe(new pg.default.Pool())`, 'pg Pool'],
  ['the module itself', `import pg from 'pg'; probe(pg)`, 'module pg'],
  ['an export by itself', `import { Pool } from 'pg'; probe(Pool)`, 'export pg Pool'],
  ['a destructured require', `const { Pool } = require('pg'); probe(new Pool())`, 'pg Pool'],
  ['a member of a require', `const pool = new (require('pg').Pool)(); probe(pool)`, 'pg Pool'],
  ['an alias of an alias', `import pg from 'pg'; const { Pool: P } = pg; const Q = P; probe(new Q())`, 'pg Pool'],
  ['a module that is its own class', `const Pool = require('pg-pool'); probe(new Pool())`, 'pg Pool'],
  ['createRequire', `import { createRequire } from 'node:module'; const r = createRequire(import.meta.url); const { Pool } = r('pg'); probe(new Pool())`, 'pg Pool'],
  ['a dynamic import', `const { Pool } = await import('pg'); probe(new Pool())`, 'pg Pool'],
  ['the default of a dynamic import', `const { default: pg } = await import('pg'); probe(new pg.Pool())`, 'pg Pool'],
  ['a client that is awaited', `import { Pool } from 'pg'; const pool = new Pool(); const c = await pool.connect(); probe(c)`, 'pg PoolClient'],
  ['a client that is not awaited yet', `import { Pool } from 'pg'; const pool = new Pool(); probe(pool.connect())`, 'promise of pg PoolClient'],
  ['a client in a callback', `import { Pool } from 'pg'; new Pool().connect((err, client, done) => { probe(client) })`, 'pg PoolClient'],
  ['the error in a callback', `import { Pool } from 'pg'; new Pool().connect((err, client, done) => { probe(err) })`, 'unknown'],
  ['a client in then', `import { Pool } from 'pg'; new Pool().connect().then(c => { probe(c) })`, 'pg PoolClient'],
  ['a cursor', `import { Pool } from 'pg'; import Cursor from 'pg-cursor'; const c = await new Pool().connect(); const cursor = c.query(new Cursor('')); probe(cursor)`, 'pg Cursor'],
  ['a variable that is assigned later', `import { Pool } from 'pg'; let pool; function f() { pool = new Pool() } probe(pool)`, 'pg Pool'],
  ['a variable that starts with null', `import { Pool } from 'pg'; let pool = null; pool = new Pool(); probe(pool)`, 'pg Pool'],
  ['a variable with two meanings', `import { Pool, Client } from 'pg'; let x = new Pool(); x = new Client(); probe(x)`, 'unknown'],
  ['either side of a choice', `import { Pool } from 'pg'; const pool = given ?? new Pool(); probe(pool)`, 'pg Pool'],
  ['a singleton on globalThis', `import { Pool } from 'pg'; const pool = (globalThis.pool ||= new Pool()); probe(pool); probe(globalThis.pool)`, 'pg Pool'],
  ['a singleton on global', `import { Pool } from 'pg'; global.pool = global.pool || new Pool(); probe(global.pool)`, 'pg Pool'],
  ['a property of an object', `import { Pool } from 'pg'; const db = { pool: new Pool() }; probe(db.pool)`, 'pg Pool'],
  ['a property that is added later', `import { Pool } from 'pg'; const db = {}; db.pool = new Pool(); probe(db.pool)`, 'pg Pool'],
  ['a destructured property', `import { Pool } from 'pg'; const { a: { pool } } = { a: { pool: new Pool() } }; probe(pool)`, 'pg Pool'],
  ['a default in a pattern', `import { Pool } from 'pg'; function f({ pool = new Pool() } = {}) { probe(pool) }`, 'pg Pool'],
  ['a default of a parameter', `import { Pool } from 'pg'; function f(pool = new Pool()) { probe(pool) }`, 'pg Pool'],
  ['a field with a value', `import { Pool } from 'pg'; class A { pool = new Pool(); f() { probe(this.pool) } }`, 'pg Pool'],
  ['a private field', `import { Pool } from 'pg'; class A { #pool = new Pool(); f() { probe(this.#pool) } }`, 'pg Pool'],
  ['a static field', `import { Pool } from 'pg'; class A { static pool = new Pool(); f() { probe(A.pool) } }`, 'pg Pool'],
  ['a field of the constructor', `import { Pool } from 'pg'; class A { constructor() { this.pool = new Pool() } f() { probe(this.pool) } }`, 'pg Pool'],
  ['a field that a method sets', `import { Pool } from 'pg'; class A { init() { this.pool = new Pool() } f() { return () => probe(this.pool) } }`, 'pg Pool'],
  ['a getter', `import { Pool } from 'pg'; class A { #p = new Pool(); get pool() { return this.#p } f() { probe(this.pool) } }`, 'pg Pool'],
  ['an inherited field', `import { Pool } from 'pg'; class A { pool = new Pool() } class B extends A { f() { probe(this.pool) } }`, 'pg Pool'],
  ['a field of a local object', `import { Pool } from 'pg'; class A { pool = new Pool() } const a = new A(); probe(a.pool)`, 'pg Pool'],
  ['a method of an object with this', `import { Pool } from 'pg'; const db = { pool: new Pool(), f() { probe(this.pool) } }`, 'pg Pool'],
  ['a subclass', `import { Pool } from 'pg'; class MyPool extends Pool {} probe(new MyPool())`, 'pg Pool'],
  ['a function that returns it', `import { Pool } from 'pg'; const pool = new Pool(); function get() { return pool } probe(get())`, 'pg Pool'],
  ['a function that makes it once', `import { Pool } from 'pg'; let pool; function get() { if (!pool) pool = new Pool(); return pool } probe(get())`, 'pg Pool'],
  ['an async function that returns a client', `import { Pool } from 'pg'; const pool = new Pool(); async function get() { return pool.connect() } probe(await get())`, 'pg PoolClient'],
  ['an async function that is not awaited', `import { Pool } from 'pg'; const pool = new Pool(); const get = async () => { const c = await pool.connect(); return c }; probe(get())`, 'promise of pg PoolClient'],
  ['a method that returns it', `import { Pool } from 'pg'; class A { pool = new Pool(); get() { return this.pool.connect() } async f() { probe(await this.get()) } }`, 'pg PoolClient'],
  ['a property of what a function returns', `import { Pool } from 'pg'; function make() { const pool = new Pool(); return { pool } } const { pool } = make(); probe(pool)`, 'pg Pool'],
  ['a promise of a callback', `import { Pool } from 'pg'; const pool = new Pool(); const get = () => new Promise((resolve, reject) => pool.connect((e, c) => e ? reject(e) : resolve(c))); probe(await get())`, 'pg PoolClient'],
  ['a returned listener', `import { Pool } from 'pg'; const pool = new Pool().on('error', log); probe(pool)`, 'pg Pool'],
  ['a function that calls itself', `function f() { return f() } probe(f())`, 'unknown'],
  ['a circle of variables', `let a = b; var b = a; probe(a)`, 'unknown'],
  ['module.exports', `const { Pool } = require('pg'); module.exports.pool = new Pool(); probe(module.exports.pool)`, 'pg Pool'],
  ['JSDoc of a parameter', `/** @param {import('pg').Pool} pool the pool */ function f(pool) { probe(pool) }`, 'pg Pool, annotation'],
  ['JSDoc of a variable', `/** @type {import('pg').Pool} */ let pool; probe(pool)`, 'pg Pool, annotation'],
  ['JSDoc by an imported name', `import { Pool } from 'pg'; /** @param {Pool | null} pool */ export const f = (pool) => { probe(pool) }`, 'pg Pool, annotation'],
  ['JSDoc of a result', `/** @returns {Promise<import('pg').PoolClient>} */ async function get() { return x } probe(await get())`, 'pg PoolClient, annotation'],
  ['a typedef', `/** @typedef {import('pg').Pool} Pool */ /** @param {Pool} p */ function f(p) { probe(p) }`, 'pg Pool, annotation'],
  ['a parameter without a word', `function f(pool) { probe(pool) }`, 'unknown'],
  ['a shadowed import', `import { Pool } from 'pg'; function f(Pool) { probe(new Pool()) }`, 'unknown'],
  ['a socket', `import net from 'node:net'; probe(net)`, 'foreign'],
  ['a string', `const s = 'a'; probe(s)`, 'foreign'],
  ['a map', `probe(new Map())`, 'foreign'],
  ['an object of a local class', `class Pool {} probe(new Pool())`, 'foreign'],
  ['an object of an unknown package', `import { Pool } from 'other'; probe(new Pool())`, 'unknown'],
  ['a class that extends an unknown one', `import { Base } from 'other'; class P extends Base {} probe(new P())`, 'unknown'],
  ['a generator step', `import { Pool } from 'pg'; const pool = new Pool(); function* f() { const c = yield pool.connect(); probe(c) }`, 'pg PoolClient'],
];

/** Programs of TypeScript. */
const typescript: readonly Case[] = [
  ['an annotated parameter', `import type { Pool } from 'pg'; function f(pool: Pool) { probe(pool) }`, 'pg Pool, annotation'],
  ['a qualified annotation', `import * as pg from 'pg'; function f(pool: pg.Pool) { probe(pool) }`, 'pg Pool, annotation'],
  ['an import type', `function f(pool: import('pg').Pool) { probe(pool) }`, 'pg Pool, annotation'],
  ['a type that may be absent', `import { Pool } from 'pg'; let pool: Pool | undefined | null; probe(pool!)`, 'pg Pool, annotation'],
  ['a union of two types', `import { Pool, Client } from 'pg'; let db: Pool | Client; probe(db)`, 'unknown'],
  ['a promise', `import { PoolClient } from 'pg'; async function f(p: Promise<PoolClient>) { probe(await p) }`, 'pg PoolClient, annotation'],
  ['an import assignment', `import pg = require('pg'); probe(new pg.Pool())`, 'pg Pool'],
  ['a parameter property', `import { Pool } from 'pg'; class A { constructor(private readonly pool: Pool) {} f() { probe(this.pool) } }`, 'pg Pool, annotation'],
  ['an injected parameter property', `import { Pool } from 'pg'; class A { constructor(@Inject('POOL') private pool: Pool) {} f() { probe(this.pool) } }`, 'pg Pool, annotation'],
  ['an annotated field', `import { Pool } from 'pg'; class A { private pool!: Pool; f() { probe(this.pool) } }`, 'pg Pool, annotation'],
  ['a readonly wrapper', `import { Pool } from 'pg'; function f(p: Readonly<Pool>) { probe(p) }`, 'pg Pool, annotation'],
  ['an alias', `import { Pool } from 'pg'; type Db = Pool; function f(p: Db) { probe(p) }`, 'pg Pool, annotation'],
  ['an interface that extends it', `import { Pool } from 'pg'; interface Db extends Pool { x: 1 } function f(p: Db) { probe(p) }`, 'pg Pool, annotation'],
  ['a member of an interface', `import { Pool } from 'pg'; interface Deps { pool: Pool } function f(deps: Deps) { probe(deps.pool) }`, 'pg Pool, annotation'],
  ['a destructured member', `import { Pool } from 'pg'; function f({ pool }: { pool: Pool }) { probe(pool) }`, 'pg Pool, annotation'],
  ['typeof', `import { Pool } from 'pg'; const pool = new Pool(); function f(p: typeof pool) { probe(p) }`, 'pg Pool, annotation'],
  ['a constrained parameter', `import { Pool } from 'pg'; function f<T extends Pool>(p: T) { probe(p) }`, 'pg Pool, annotation'],
  ['a return annotation', `import { PoolClient } from 'pg'; async function get(): Promise<PoolClient> { return other() } probe(await get())`, 'pg PoolClient, annotation'],
  ['the result of a function type', `import { PoolClient } from 'pg'; function f(deps: { get: () => Promise<PoolClient> }) { probe(deps.get()) }`, 'promise of pg PoolClient, annotation'],
  ['a cast', `import { Pool } from 'pg'; const p = x as Pool; probe(p)`, 'pg Pool, annotation'],
  ['a cast that says nothing', `import { Pool } from 'pg'; const p = new Pool() as any; probe(p)`, 'pg Pool'],
  ['a global with a type', `import { Pool } from 'pg'; const g = globalThis as unknown as { pool?: Pool }; probe(g.pool)`, 'pg Pool, annotation'],
  ['satisfies', `import { Pool } from 'pg'; const db = { pool: new Pool() } satisfies object; probe(db.pool)`, 'pg Pool'],
  ['a field of an annotated local class', `import { Pool } from 'pg'; class Db { pool = new Pool() } class A { constructor(private db: Db) {} f() { probe(this.db.pool) } }`, 'pg Pool'],
  ['a number', `function f(n: number) { probe(n) }`, 'foreign'],
  ['any', `function f(n: any) { probe(n) }`, 'unknown'],
];

function originsIn(code: string, reading: Reading): readonly string[] {
  return probe(code, reading, (node, module) => print(originOf(node, module)));
}

describe('the origin of a value is proven from syntax', () => {
  describe.each(['espree', 'typescript'] as const)('with %s', (parser) => {
    it.each(javascript)('%s', (_title, code, origin) => {
      const origins = originsIn(code, { parser });
      expect(new Set(origins)).toEqual(new Set([origin]));
    });
  });
  it.each(typescript)('%s', (_title, code, origin) => {
    expect(originsIn(code, {})).toEqual([origin]);
  });
  it('reads a CommonJS script', () => {
    const code = `const { Pool } = require('pg'); var pool = new Pool(); exports.get = () => { probe(pool) }`;
    for (const sourceType of ['commonjs', 'script'] as const) {
      expect(originsIn(code, { parser: 'espree', sourceType })).toEqual(['pg Pool']);
    }
  });
});
