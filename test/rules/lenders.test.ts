import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { requireReleaseOnThrow } from '../../packages/eslint-plugin/src/rules/require-release-on-throw.ts';
import { verify } from './verify.ts';

let folder = '';
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenders-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Writes files into a folder of their own. */
function write(files: Record<string, string>): string {
  const root = mkdtempSync(join(folder, `${(count += 1)}-`));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return root;
}

function found(files: Record<string, string>, code: string): string[] {
  return verify(requireReleaseOnThrow, code, join(write(files), 'main.js'));
}

const pool = `const { Pool } = require('pg'); const pool = new Pool();`;
const db = `${pool} async function take() { return pool.connect(); }\nmodule.exports = { take };`;
const use = `await c.query('x'); c.release();`;
/** Works on what an expression lends. */
const works = (imports: string, lends: string): string => `${imports}\nexport async function f() { const c = await ${lends}; ${use} }`;

describe('a function that lends is found', () => {
  it.each([
    ['in the file that acquires', { 'db.js': db }, works(`import { take } from './db.js';`, 'take()')],
    ['in a file that only imports the one that acquires', { 'db.js': db, 'svc.js': `const { take } = require('./db.js'); exports.lease = async () => take();` }, works(`import { lease } from './svc.js';`, 'lease()')],
    ['under another name of an export', { 'db.js': db, 'svc.js': `export { take as lendIt } from './db.js';` }, works(`import { lendIt } from './svc.js';`, 'lendIt()')],
    ['as what is assigned to an export', { 'db.js': db, 'svc.js': `const { take } = require('./db.js'); exports.lend = take;` }, works(`import { lend } from './svc.js';`, 'lend()')],
    ['as a method of a service', { 'db.js': `${pool} export class Db { async client() { return pool.connect(); } }`, 'svc.js': `import { Db } from './db.js'; export class Service { constructor() { this.db = new Db(); } async lease() { return this.db.client(); } }` }, `import { Service } from './svc.js';\nexport class H { constructor() { this.service = new Service(); }\nasync m() { const c = await this.service.lease(); ${use} } }`],
    ['under a computed name', { 'db.js': `${db.replace('module.exports =', 'const own =')} exports['getIt'] = take;` }, works(`const db = require('./db.js');`, 'db.getIt()')],
    ['through a `require` of another name', { 'db.js': db }, works(`import { createRequire } from 'node:module'; const load = createRequire(import.meta.url); const { take } = load('./db.js');`, 'take()')],
    ['by another name in the same file', {}, works(`import pg from 'pg'; const pool = new pg.Pool(); async function take() { return pool.connect(); } const getClient = take;`, 'getClient()')],
    ['where a variable inside has its name', {}, works(`import pg from 'pg'; const pool = new pg.Pool(); async function client() { const client = await pool.connect(); return client; }`, 'client()')],
  ])('%s', (_title, files: Record<string, string>, code) => {
    expect(found(files, code)).toHaveLength(1);
  });

  it('once a file that was of no interest begins to acquire', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const root = write({ 'a.js': `const b = require('./b.js'); exports.lease = async () => b.take();`, 'b.js': `exports.take = async () => ({});` });
    const look = (): string[] => verify(requireReleaseOnThrow, `import pg from 'pg';\n${works(`import { lease } from './a.js';`, 'lease()')}`, join(root, 'main.js'));
    expect(look()).toEqual([]);
    writeFileSync(join(root, 'b.js'), db);
    utimesSync(join(root, 'b.js'), new Date(), new Date(Date.now() + 5_000));
    vi.setSystemTime(Date.now() + 2_001);
    expect(look()).toHaveLength(1);
  });
});

describe('nobody is blamed', () => {
  const head = `import pg from 'pg'; const a = new pg.Pool(); const b = new pg.Pool();`;

  it.each([
    ['who gives it back in a `finally` of its own way', `export async function f(manager, work) { const c = await a.connect(); try { await c.query('BEGIN'); await work(c); await c.query('COMMIT'); } catch (e) { await c.query('ROLLBACK'); throw e; } finally { await manager.done(c); } }`],
    ['who rewrites the callback that is passed on', `function lend(cb) { cb = wrap(cb); a.connect(cb); }\nfunction wrap(cb) { return (e, c, done) => { cb(e, c); done(); }; }\nexport function f() { lend((e, c) => { if (e) return; c.query('x', () => {}); }); }`],
    ['whose wrapper lends from two pools, or what it was given', `async function two(ro, given) { if (given) return given; let c; if (ro) c = await a.connect(); else c = await b.connect(); return c; }\nexport async function f(x, given) { const c = await two(x, given); try { await c.query('x'); } finally { if (!given) c.release(); } }`],
  ])('%s', (_title, code) => {
    expect(found({}, `${head}\n${code}`)).toEqual([]);
  });
});

describe('an error that was told', () => {
  const head = `import pg from 'pg'; const pool = new pg.Pool();`;

  it.each([
    ['is none where the driver is asked', `const [lastError] = await c.execute(latest('errors'));`],
    ['is none where a function is known to reject', `const [lastError, rows] = await rowsOf(c.query('x'));\nasync function rowsOf(p) { const { rows } = await p; return [null, rows]; }`],
  ])('%s', (_title, line) => {
    expect(found({}, `${head}\nexport async function f() { const c = await pool.connect(); ${line} c.release(); }`)).toHaveLength(1);
  });

  it('does not come as an exception', () => {
    expect(found({}, `${head} import to from 'await-to-js';\nexport async function f() { const c = await pool.connect(); const [error, result] = await to(c.query('x')); c.release(); return error ?? result; }`)).toEqual([]);
  });
});

describe('what a comment names by its package', () => {
  it('is known where nothing else names it', () => {
    expect(found({}, `/** @param {neo4j.Driver} driver */\nexport async function f(driver) { const session = driver.session(); await session.run('x'); await session.close(); }`)).toHaveLength(1);
    expect(found({}, `/** @param {generic.Driver} driver */\nexport async function f(driver) { const session = driver.session(); await session.run('x'); await session.close(); }`)).toEqual([]);
  });
});

describe('functions that return what others return', () => {
  it('are not all gone through where sixty return one of two each', () => {
    const functions = Array.from({ length: 60 }, (_, at) => `async function open${at}(x) { if (x) return open${(7 * at + 1) % 60}(x); return open${(at + 1) % 60}(x); }`);
    expect(found({}, `${pool}\n${functions.join('\n')}\n${works('', 'open0(1)')}`)).toEqual([]);
    expect(found({}, `${pool}\n${functions.join('\n')}\n${works('', 'pool.connect()')}`)).toHaveLength(1);
  });
});

describe('a file that lends and holds a word of a million letters', () => {
  it('is gone through once', () => {
    expect(found({ 'db.js': `${db}\nmodule.exports.key = '${'k'.repeat(1_000_000 - 2 * db.length)}';` }, works(`const { take } = require('./db');`, 'take()'))).toHaveLength(1);
  });
});
