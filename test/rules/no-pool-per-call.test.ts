import { describe, expect, it } from 'vitest';
import { noPoolPerCall } from '../../packages/eslint-plugin/src/rules/no-pool-per-call.ts';
import { verify } from './verify.ts';

const pg = `import { Pool } from 'pg';\n`;

describe('no-pool-per-call', () => {
  it.each([
    ['a route of express', `app.get('/users', async (q, r) => { const pool = new Pool(); r.json(await pool.query('x')) })`, 'inHandler'],
    ['a handler by its parameters', `exports.list = async (req, res) => { const pool = new Pool(); res.json(await pool.query('x')) }`, 'inHandler'],
    ['a route by the name of its function', `async function list(c) { const pool = new Pool(); return c.json(await pool.query('x')) }\nrouter.get('/x', list)`, 'inHandler'],
    ['a serverless function', `export const handler = async (event) => { const pool = new Pool(); await pool.query('x') }`, 'inHandler'],
    ['a controller method', `class C { @Get() async list() { const pool = new Pool(); const r = await pool.query('x'); return r.rows } }`, 'inHandler'],
    ['a handler that ends it every time', `app.post('/x', async (req, res) => { const pool = new Pool(); try { await pool.query('x') } finally { await pool.end() } })`, 'inHandler'],
    ['a function that never ends it', `export async function getUsers() { const pool = new Pool(); const r = await pool.query('x'); return r.rows }`, 'neverEnded'],
    ['a loop', `export async function go(urls) { for (const u of urls) { const pool = new Pool({ u }); await pool.query('x') } }`, 'inLoop'],
  ])('reports %s', (_title, code, messageId) => {
    expect(verify(noPoolPerCall, pg + code)).toEqual([`${messageId}@2`]);
  });

  it('reports a pool made by rendering', () => {
    const code = `${pg}export async function Page() { const pool = new Pool(); const r = await pool.query('x'); return <p>{r.rows.length}</p> }`;
    expect(verify(noPoolPerCall, code, '/src/page.tsx')).toEqual(['inComponent@2']);
  });

  it('reports a route file of Next', () => {
    const code = `import { PrismaClient } from '@prisma/client';\nexport async function GET() { const prisma = new PrismaClient(); return Response.json(await prisma.user.findMany()) }`;
    expect(verify(noPoolPerCall, code, '/app/users/route.ts')).toEqual(['inHandler@2']);
  });

  it.each([
    ['a module', `const pool = new Pool(); export const q = (t) => pool.query(t)`],
    ['a singleton', `export const pool = (globalThis.pool ??= new Pool())`],
    ['a lazy one', `let pool; export function get() { if (!pool) pool = new Pool(); return pool }`],
    ['a lazy one in a handler', `let pool; app.get('/x', async (req, res) => { pool ??= new Pool(); res.json(await pool.query('x')) })`],
    ['a memo', `export const get = once(async () => { const pool = new Pool(); await pool.query('x'); return pool })`],
    ['a factory', `export function make(url) { const pool = new Pool({ url }); pool.on('error', log); return pool }`],
    ['a factory of a wrapper', `export function make() { const pool = new Pool(); return { query: (t) => pool.query(t), end: () => pool.end() } }`],
    ['a constructor', `class Db { constructor() { this.pool = new Pool() } }`],
    ['a method that stores it', `class Db { connect() { this.pool = new Pool() } }`],
    ['a script', `async function main() { const pool = new Pool(); await pool.query('x') }\nmain()`],
    ['a function called at the start', `async function fill() { const pool = new Pool(); return (await pool.query('x')).rows }\nfill()`],
    ['a function that ends it', `export async function count() { const pool = new Pool(); try { return await pool.query('x') } finally { await pool.end() } }`],
    ['a pool for what a request names', `app.post('/try', async (req, res) => { const pool = new Pool(req.body); try { await pool.query('x') } finally { await pool.end() } })`],
    ['a loop that ends it', `export async function go(urls) { for (const u of urls) { const pool = new Pool({ u }); await pool.query('x'); await pool.end() } }`],
    ['a loop that keeps it', `for (const u of urls) { const pool = new Pool({ u }); await pool.query('x'); pools.push(pool) }`],
    ['a loop of attempts', `for (let i = 0; i < 5; i++) { try { const pool = new Pool(); await pool.query('x'); break } catch {} }`],
    ['a pool given away', `app.get('/x', async (req, res) => { const pool = new Pool(); register(pool); await pool.query('x') })`],
    ['a pool a server closes over', `export function serve() { const pool = new Pool(); pool.query('x'); return http.createServer(() => pool.query('x')) }`],
    ['a single client', `import { Client } from 'pg'; app.get('/x', async (req, res) => { const c = new Client(); await c.connect(); await c.query('x'); await c.end() })`],
    ['a pool of an unknown package', `app.get('/x', async (req, res) => { const p = new Other(); await p.query('x') })`],
  ])('is silent on %s', (_title, code) => {
    expect(verify(noPoolPerCall, pg + code)).toEqual([]);
  });

  it('is silent in tests', () => {
    const code = `${pg}export async function rows() { const pool = new Pool(); const r = await pool.query('x'); return r.rows }`;
    expect(verify(noPoolPerCall, code, '/src/rows.test.ts')).toEqual([]);
  });

  it('reports a shared pool that a handler ends', () => {
    const code = `${pg}const pool = new Pool();\napp.get('/x', async (req, res) => { await pool.query('x'); await pool.end() })`;
    expect(verify(noPoolPerCall, code)).toEqual(['poolEndInHandler@3']);
  });

  it('lets a route that shuts down end the pool', () => {
    const code = `${pg}const pool = new Pool();\napp.post('/shutdown', async (req, res) => { await pool.end() })`;
    expect(verify(noPoolPerCall, code)).toEqual([]);
  });
});
