import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportRecord } from '../../packages/catalogue/src/index.ts';
import { absolute } from '../generate/generate.ts';
import { startMariaDb, type MariaDbServer } from '../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { start, type Running } from './program.ts';

const folder = absolute('docs/examples');
const dist = join(folder, 'dist');
/** Beside what it is made from, so that the source map leads to the same file. */
const leaking = join(dist, 'leaking');
const platform = fileURLToPath(new URL('platform.mjs', import.meta.url));
const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !['dist', 'node_modules'].includes(entry.name)).map(({ name }) => name).sort();

/** How each is started, once compiled. */
const programs: Readonly<Record<string, readonly string[]>> = {
  'express-pg': [join(dist, 'express-pg/server.js')],
  'fastify-mysql2': [join(dist, 'fastify-mysql2/server.js')],
  lambda: [platform, 'lambda', join(dist, 'lambda')],
  'nestjs-typeorm': [join(dist, 'nestjs-typeorm/main.js')],
  nextjs: [platform, 'nextjs', join(dist, 'nextjs')],
  'queue-worker': [join(dist, 'queue-worker/worker.js')],
};

/** The file of each that holds a connection for a while. */
const holding: Readonly<Record<string, string>> = {
  'express-pg': 'express-pg/orders.ts',
  'fastify-mysql2': 'fastify-mysql2/orders.ts',
  lambda: 'lambda/handler.ts',
  'nestjs-typeorm': 'nestjs-typeorm/orders.service.ts',
  nextjs: 'nextjs/app/api/orders/route.ts',
  'queue-worker': 'queue-worker/job.ts',
};

/** What would give the connection back. */
const release = /^ *(?:await )?(?:client|connection|runner)\.release\(\);$/mu;

const cwd = mkdtempSync(join(tmpdir(), 'lifeguard-examples-'));
let postgres: PostgresServer;
let mariaDb: MariaDbServer;
let client: pg.Client;
let compiled: string;
const running = new Map<string, Running>();

beforeAll(async () => {
  [postgres, mariaDb, compiled] = await Promise.all([startPostgres(), startMariaDb(), compile()]);
  client = new pg.Client(postgres.config);
  await client.connect();
  const schema = readFileSync(join(folder, 'schema.sql'), 'utf8');
  await client.query(schema);
  await client.query(`INSERT INTO orders (product, quantity) SELECT 'parcel', 1 FROM generate_series(1, 20)`);
  const connection = await mysql.createConnection({ ...mariaDb.config, multipleStatements: true });
  try {
    await connection.query(schema);
  } finally {
    await connection.end();
  }
  for (const name of names) running.set(name, start(programs[name] ?? [], cwd, environment()));
  running.set('leaking', start([leak()], mkdtempSync(join(cwd, 'leaking-')), environment()));
});

afterAll(async () => {
  await Promise.all([...running.values()].map((program) => program.end('SIGKILL')));
  await client.end();
  await Promise.all([postgres.stop(), mariaDb.stop()]);
  for (const path of [cwd, leaking]) rmSync(path, { recursive: true, force: true });
});

/** What the compiler says of the examples, which lie in `dist` afterwards. */
function compile(): Promise<string> {
  rmSync(dist, { recursive: true, force: true });
  return new Promise((resolve) => {
    execFile(process.execPath, [absolute('node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false'], (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}

/** The same Express with one line less. */
function leak(): string {
  cpSync(join(dist, 'express-pg'), leaking, { recursive: true });
  const file = join(leaking, 'orders.js');
  writeFileSync(file, readFileSync(file, 'utf8').replace(release, ''));
  return join(leaking, 'server.js');
}

function environment(): NodeJS.ProcessEnv {
  const { host, port, user, password, database } = postgres;
  const own = mariaDb.config;
  return {
    PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: database,
    DATABASE_URL: `mysql://${own.user}:${own.password}@${own.host}:${own.port}/${own.database}`,
  };
}

function programOf(name: string): Running {
  const program = running.get(name);
  if (program === undefined) throw new Error(`${name} was not started.`);
  return program;
}

/** What the guard says of a leak, in any log. */
const alarm = /leaked/u;

const nothingHeld = { status: 200, body: { active: 0, waiting: 0, leaks: 0 } };

test('the examples are those that are tried here', () => {
  expect(names).toEqual(Object.keys(programs).sort());
});

test('the examples compile', () => {
  expect(compiled).toBe('');
});

describe('the preset', () => {
  const eslint = new ESLint({ cwd: folder });

  test('finds nothing in the examples', async () => {
    const results = await eslint.lintFiles('.');
    expect(results.length).toBeGreaterThan(names.length);
    expect(results.flatMap(({ filePath, messages }) => messages.map(({ line, message }) => `${filePath}:${line} ${message}`))).toEqual([]);
  });

  test.each(names)('finds the leak that %s would have without its release', async (name) => {
    const filePath = join(folder, holding[name] ?? '');
    const text = readFileSync(filePath, 'utf8');
    const forgetful = text.replace('await using client', 'const client').replace(release, '');
    expect(forgetful).not.toBe(text);
    const [result] = await eslint.lintText(forgetful, { filePath });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain('lifeguard/require-release');
  });
});

test.each([
  ['express-pg', 500],
  ['fastify-mysql2', 409],
  ['nestjs-typeorm', 409],
  ['lambda', 500],
  ['nextjs', 500],
])('%s answers, gives everything back, and ends when it is told to', async (name, refusal) => {
  const program = programOf(name);
  const path = name === 'nextjs' ? '/api/orders' : '/orders';
  // More at once than its pool has connections.
  const placed = await Promise.all(Array.from({ length: 12 }, () => program.ask(path, { product: 'pen', quantity: 2 })));
  for (const { status, body } of placed) expect([status, body]).toEqual([201, expect.objectContaining({ product: 'pen', quantity: 2 })]);
  expect(await program.ask(path, { product: 'ink', quantity: 1 })).toMatchObject({ status: 409 });
  expect(await program.ask(path, {})).toMatchObject({ status: 400 });
  // No column takes so large a number: an error of the server, where it is not compared with what is there.
  expect(await program.ask(path, { product: 'pen', quantity: 1e12 })).toMatchObject({ status: refusal });
  if (name === 'nextjs') {
    expect(await program.ask('/api/orders?product=pen')).toMatchObject({ status: 200, body: expect.arrayContaining([expect.objectContaining({ quantity: 2 })]) as unknown });
  } else if (name !== 'lambda') {
    const { id } = placed[0]?.body as { readonly id: number };
    expect(await program.ask(`/orders/${id}`)).toMatchObject({ status: 200, body: { product: 'pen', quantity: 2 } });
    expect(await program.ask('/orders/999999')).toMatchObject({ status: 404 });
  }
  expect(await program.ask('/health')).toEqual(nothingHeld);
  expect(await program.end()).toEqual({ code: 0, signal: null });
  expect(program.output()).not.toMatch(alarm);
});

test('queue-worker ships what waits and what comes, gives everything back, and ends when it is told to', async () => {
  const program = programOf('queue-worker');
  const unshipped = async (): Promise<number> => (await client.query(`SELECT 1 FROM orders WHERE product = 'parcel' AND NOT shipped`)).rows.length;
  await expect.poll(unshipped, { timeout: 30_000 }).toBe(0);
  await client.query(`INSERT INTO orders (product, quantity) VALUES ('parcel', 2)`);
  await client.query('NOTIFY orders');
  await expect.poll(unshipped, { timeout: 30_000 }).toBe(0);
  expect(await program.end()).toEqual({ code: 0, signal: null });
  expect(program.output().trim().split('\n').at(-1)).toBe(JSON.stringify(nothingHeld.body));
  expect(program.output()).not.toMatch(alarm);
});

test('express-pg would be seen to leak, if it forgot its release', async () => {
  const program = programOf('leaking');
  expect(await program.ask('/orders', { product: 'pen', quantity: 1 })).toMatchObject({ status: 201 });
  await expect.poll(async () => (await program.ask('/health')).body, { timeout: 30_000 }).toEqual({ active: 1, waiting: 0, leaks: 1 });
  expect(program.output()).toMatch(/a connection has leaked: its scope has ended · acquired at \S*express-pg\/orders\.ts:\d+:\d+ \(placeOrder\) · in POST \/orders/u);
});

test('the report of express-pg counts its checkouts, and holds nothing else', () => {
  const records = readFileSync(join(cwd, 'leaks.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as ReportRecord);
  const counts = records.map((record) => (record.type === 'site' ? [record.site.function, record.checkouts] as const : [record.type, 0] as const));
  expect(new Set(counts.map(([name]) => name))).toEqual(new Set(['placeOrder']));
  // 12 orders, one of what there is none of, and one of too much; written once a minute and at the end.
  expect(counts.reduce((sum, [, checkouts]) => sum + checkouts, 0)).toBe(14);
});
