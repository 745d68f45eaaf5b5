import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { majors, runtime } from '../../runtimes/install.mjs';
import { readPage } from '../../docs/page.ts';
import { besides, impatient, installProgram, leaksIn, marked, programs as folder, register, removePrograms, runProgram, type Start } from './run.ts';

let postgres: PostgresServer;
let mariaDb: MariaDbServer;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  [postgres, mariaDb] = await Promise.all([startPostgres(), startMariaDb()]);
  env = { ...impatient, DATABASE_URL: urlOf('postgres', postgres), MYSQL_URL: urlOf('mysql', mariaDb) };
});
afterAll(async () => {
  removePrograms();
  await Promise.all([postgres.stop(), mariaDb.stop()]);
});

function urlOf(scheme: string, { user, password, host, port, database }: PostgresServer | MariaDbServer): string {
  return `${scheme}://${user}:${password}@${host}:${port}/${database}`;
}

const isLong = process.env['LIFEGUARD_LONG'] === '1';

/** With which loader, by which export, in front of which library. */
const programs = [
  'pg.mjs', 'pg.cjs', 'pg-named.mjs', 'mysql2.mjs', 'mariadb.mjs', 'mariadb-default.mjs', 'mariadb.cjs', 'knex.mjs', 'typeorm.mjs', 'sequelize.cjs',
];
/** Those whose way through the loader another has too. */
const more = ['mysql2-promise.cjs', 'generic.mjs', 'lightning.mjs', 'tarn.cjs'];

const bare = { flags: [] };
const required = { flags: ['--require', register] };
const imported = { flags: ['--import', register] };

async function finds(program: string, start: Start): Promise<void> {
  const ran = await runProgram(program, { ...start, env: { ...env, ...start.env } });
  expect(leaksIn(ran)).toEqual(marked(program));
  expect(ran.records.filter(({ type }) => type === 'reclaimed')).toHaveLength(1);
  expect(ran.stderr).not.toContain('LIFEGUARD_');
  expect(ran.stderr).not.toContain('a-secret');
}

describe('a program that is started with the guard', () => {
  test.concurrent.each(programs)('has its leak found and taken back, without a change: %s', (program) => finds(program, imported));

  test.concurrent('may be started with --require too', () => finds('pg.mjs', required));

  test.concurrent('may make its pools in a worker', async () => {
    const ran = await runProgram('worker.mjs', { env });
    expect(leaksIn(ran)).toEqual(marked('pg.mjs'));
  });

  test.concurrent('cannot tell the classes, the pools and the modules from its own', async () => {
    const [without, withGuard, off] = await Promise.all([
      runProgram('shown.cjs', bare), runProgram('shown.cjs'), runProgram('shown.cjs', { env: { LIFEGUARD: 'off' } }),
    ]);
    // From 26 on Node shows of every proxy that it is one, which nobody can keep from it.
    const shown = Number(process.versions.node.split('.')[0]) < 26 ? withGuard.stdout : withGuard.stdout.replace(/Proxy\((\[[^\]]*\])\)/gu, '$1');
    const facts = JSON.parse(shown) as object;
    expect(facts).toEqual({ ...(JSON.parse(without.stdout) as object), isGuarded: true });
    expect(off.stdout).toBe(without.stdout);
    expect(withGuard.stderr).toBe('');
  });

  test.concurrent('may guard its pools itself, whose options then go before', async () => {
    const { stdout, stderr } = await runProgram('explicit.mjs', { env });
    expect(stdout.trim().split('\n')).toEqual([
      'made pg:postgres@127.0.0.1',
      'guarded orders',
      'other options LIFEGUARD_ALREADY_GUARDED',
      'bare true',
      'while one is lent pg:postgres@127.0.0.1#3 1',
      'when none is lent late',
      'restored false',
    ]);
    expect(stderr).toContain('LIFEGUARD_ALREADY_GUARDED');
  });
});

describe('beside others that patch', () => {
  const otel = ['--import', './otel.mjs'];
  const wraps = ['--require', './wraps.cjs'];

  test.concurrent.each([
    ['first', 'pg.mjs', [...otel, ...imported.flags]],
    ['first', 'pg.cjs', [...otel, ...imported.flags]],
    ['last', 'pg.mjs', [...imported.flags, ...otel]],
    ['last', 'pg.cjs', [...imported.flags, ...otel]],
  ])('OpenTelemetry traces what it would, and the leak is found: when it is loaded %s, in %s', async (_order, program, flags) => {
    const ran = await runProgram(program, { flags, env });
    expect(leaksIn(ran)).toEqual(marked(program));
    // The waiter asks once, and the connection in the place of the leaked one is new.
    const query = 'pg.query:SELECT postgres';
    const checkout = ['pg-pool.connect', 'pg.connect'];
    const own = program === 'pg.cjs' ? [query] : [];
    expect(ran.stdout).toContain(`spans: ${[...checkout, ...own, ...checkout, query].join(', ')}`);
  });

  test.concurrent.each([
    ['first', [...wraps, ...required.flags]],
    ['last', [...required.flags, ...wraps]],
  ])('a tracer that wraps what is required sees every call: when it is loaded %s', async (_order, flags) => {
    const ran = await runProgram('both.cjs', { flags, env });
    expect(leaksIn(ran)).toEqual(marked('both.cjs'));
    expect(ran.stdout).toContain('calls: connect, connect, createPool');
  });
});

const manifest = '{ "type": "module", "name": "app", "version": "1.0.0" }\n';
const guardPackage = { link: 'packages/guard' };
const fromPackage = ['--import', '@lifeguard/guard/register'];

/** A program that leaks a connection of pg, with this configuration above it. */
function installApp(config: string, file = 'lifeguard.config.js'): string {
  return installProgram({
    'package.json': manifest,
    [file]: config,
    'src/app.mjs': readFileSync(join(folder, 'pg.mjs'), 'utf8'),
    'node_modules/@lifeguard/guard': guardPackage,
    'node_modules/pg': { link: 'node_modules/pg' },
  });
}

describe('a program with packages of its own', () => {
  test.concurrent('has the leak found that a library makes with its own copy of the driver, and its own beside it', async () => {
    const cwd = installProgram({
      'package.json': manifest,
      'app.mjs': `import pg from 'pg';
import shop from 'shop';
await shop.checkout(); // leaks
await shop.pool.query('SELECT 1');
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
await pool.connect(); // leaks
await pool.query('SELECT 1');
await Promise.all([pool.end(), shop.pool.end()]);
if (pg.Pool === shop.Pool) throw new Error('one copy');
`,
      'node_modules/shop/package.json': '{ "name": "shop", "version": "2.0.0" }',
      'node_modules/shop/index.js': `const { Pool } = require('pg');
exports.Pool = Pool;
exports.pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
exports.checkout = () => exports.pool.connect();
`,
      'node_modules/shop/node_modules/pg': { copy: 'node_modules/pg' },
      'node_modules/shop/node_modules/pg-pool': { copy: 'node_modules/pg-pool' },
      'node_modules/pg': { link: 'node_modules/pg' },
    });
    const ran = await runProgram('app.mjs', { cwd, env: { ...env, NODE_PATH: besides('pg') } });
    expect(leaksIn(ran)).toEqual(marked('app.mjs', cwd));
    const [first, second] = ran.records.filter(({ type }) => type === 'leaked');
    expect([first?.site?.library, second?.site?.library]).toEqual(['shop@2.0.0', undefined]);
    expect([first?.pool, second?.pool]).toEqual(['pg:postgres@127.0.0.1', 'pg:postgres@127.0.0.1#2']);
  });

  test.concurrent('takes names, options, sinks and drivers from its file, in ESM, and the environment goes before', async () => {
    const config = `import { subscribe } from '@lifeguard/guard';
import { defineConfig } from '@lifeguard/guard/config';

export default defineConfig({
  idleLimitMs: 3_600_000,
  reclaim: 'destroy',
  name: ({ driver, database, before }) => driver === 'pg' ? [driver, database, before].join(' ') : undefined,
  pools: { 'pg postgres 1': { idleLimitMs: 20, reclaim: 'off' } },
  sinks: [() => subscribe(({ type, pool }) => console.log(type, pool), ['leaked', 'reclaimed'])],
  drivers: [{
    name: 'house',
    packages: [{ module: 'house-pool' }],
    types: { House: { role: 'pool', ends: ['close'] }, Guest: { role: 'connection', releases: [{ on: 'resource', method: 'leave', settles: 'sync', twice: 'ignored' }] } },
    makers: [{ export: 'House', how: 'new', gives: 'House' }],
    acquires: [{ of: 'House', method: 'lend', arrives: 'promise', gives: 'Guest' }],
  }],
});
`;
    const cwd = installApp(config);
    for (const [path, text] of Object.entries({
      'node_modules/house-pool/package.json': '{ "name": "house-pool", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
      'node_modules/house-pool/index.js': 'export class House { async lend() { return { leave() {} }; }\n close() {} }\n',
      'src/house.mjs': `import { House } from 'house-pool';
import { stats } from '@lifeguard/guard';
const house = new House();
const guest = await house.lend();
console.log(stats(house).pool, stats(house).acquired, house.constructor === House);
guest.leave();
await import('./app.mjs');
`,
    })) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
    const { DATABASE_URL = '' } = env;
    const ran = await runProgram('house.mjs', { flags: fromPackage, cwd: join(cwd, 'src'), env: { DATABASE_URL, LIFEGUARD_RECLAIM: 'destroy' } });
    expect(ran.stdout).toContain('house 1 true\n');
    expect(ran.stdout).toContain('leaked pg postgres 1');
    expect(ran.stderr).toBe('');
  });

  test.concurrent('is told what is wrong in its file, in CommonJS, and the rest of it holds', async () => {
    const cwd = installApp(`module.exports = { idleLimitMs: 20, reclaim: 'destroy', idelLimitMs: 5, ping: { role: 'boss' }, pools: { x: { stacks: 3 }, y: 1 }, log: false, name() { throw new Error('of the user'); } };`, 'lifeguard.config.cjs');
    const ran = await runProgram('app.mjs', { flags: fromPackage, cwd: join(cwd, 'src'), env: { DATABASE_URL: env['DATABASE_URL'] ?? '' } });
    expect(leaksIn(ran)).toEqual(marked('pg.mjs').map((place) => place.replace('pg.mjs', 'app.mjs')));
    const warnings = ran.stderr.split('\n').filter((line) => line.includes('LIFEGUARD_BAD_CONFIG'));
    expect(warnings).toEqual([
      expect.stringContaining('lifeguard.config.cjs: `idelLimitMs` is no option of the configuration; did you mean `idleLimitMs`?'),
      expect.stringContaining('`ping.role` is \'boss\'; legal: \'any\', \'primary\'.'),
      expect.stringContaining('pool \'x\': `stacks` is 3; legal: \'full\', \'sampled\', \'off\'.'),
      expect.stringContaining('pool \'y\': its options are an object, or false.'),
      expect.stringContaining('`name` failed for the pool pg:postgres@127.0.0.1: of the user.'),
    ]);
    expect(ran.stderr).not.toContain('lifeguard: ');
  });

  test.concurrent.each([
    ['throws', 'throw new Error("of the user");', 'it could not be loaded: of the user.'],
    ['awaits', 'await null; export default {};', 'it awaits at its top level'],
    ['exports nothing', 'export default 3;', 'it exports no object.'],
  ])('goes on where its file %s', async (_what, config, sentence) => {
    const ran = await runProgram('app.mjs', { flags: fromPackage, cwd: join(installApp(config), 'src'), env });
    expect(ran.records.filter(({ type }) => type === 'reclaimed')).toHaveLength(1);
    expect(ran.stderr).toContain(sentence);
    expect(ran.stderr).toContain('LIFEGUARD_BAD_CONFIG');
  });

  test.concurrent('goes on where its sinks and its name fail later', async () => {
    const cwd = installApp(`export default {
  log: true,
  sinks: [async () => { throw new Error('of the sink.'); }, () => Promise.reject(Object.create(null))],
  async name() { throw new Error('of the name'); },
};`);
    const ran = await runProgram('app.mjs', { flags: fromPackage, cwd: join(cwd, 'src'), env });
    expect(ran.records.filter(({ type }) => type === 'reclaimed')).toHaveLength(1);
    expect(ran.stderr).toContain('starting a sink failed: of the sink. ');
    expect(ran.stderr.match(/starting a sink failed/gu)).toHaveLength(2);
    expect(ran.stderr).toContain('`name` gave a object');
  });

  test.concurrent('may have the file that the page shows', async () => {
    const [sample] = readPage('docs/register.md').samples.filter(({ file }) => file === 'lifeguard.config.js');
    const cwd = installApp(sample?.code ?? '');
    const { stdout, stderr } = await runProgram('app.mjs', { flags: fromPackage, cwd: join(cwd, 'src'), env });
    expect(stdout).toContain('a leak in postgres');
    expect(stderr).toContain('lifeguard: postgres: a connection has leaked');
    expect(stderr).not.toContain('Warning');
  });
});

describe('a program that cannot be guarded', () => {
  const made = `import { createRequire } from 'node:module';
import pg from 'pg';
const required = createRequire(import.meta.url)('pg');
console.log(pg.Pool === required.Pool, new pg.Pool().totalCount);
`;
  const files = { 'package.json': manifest, 'app.mjs': made, 'node_modules/pg': { link: 'node_modules/pg' } };

  test.concurrent('is told once, and runs, where Node may not require what is ESM', async () => {
    const cwd = installProgram(files);
    const { stdout, stderr } = await runProgram('app.mjs', { flags: ['--no-experimental-require-module', ...imported.flags], cwd });
    expect(stdout).toBe('true 0\n');
    expect(stderr.match(/LIFEGUARD_NOT_REGISTERED\]/gu)).toHaveLength(1);
    expect(stderr).toContain('Node was started with `--no-experimental-require-module`');
  });

  test.concurrent('runs where no part of the guard can be loaded, nor what tells of it', async () => {
    const refuse = `const Module = require('node:module');
const load = Module._load;
Module._load = (request, ...rest) => {
  if (request.startsWith('./register/')) throw new Error('refused');
  return load(request, ...rest);
};
`;
    const cwd = installProgram({ ...files, 'refuse.cjs': refuse });
    const { stdout, stderr } = await runProgram('app.mjs', { flags: ['--require', './refuse.cjs', ...imported.flags], cwd });
    expect(stdout).toBe('true 0\n');
    expect(stderr).toContain('LIFEGUARD_NOT_REGISTERED] LifeguardWarning: The guard could not be registered: reading pg failed.');
  });
});

describe.skipIf(!isLong)('on the Node that runs', () => {
  test.each(more)('%s has its leak found', (program) => finds(program, imported));
});

if (!isLong) console.warn(`SKIPPED: programs that are started with the guard on Node ${majors.join(', ')}, which pnpm test:long runs.`);

describe.skipIf(!isLong).each(majors)('on Node %i', (major) => {
  test.each([...programs, ...more])('%s has its leak found', (program) => finds(program, { ...imported, node: runtime(major) }));

  test.each(['pg.mjs', 'pg.cjs'])('%s has its leak found beside OpenTelemetry', (program) =>
    finds(program, { flags: ['--import', './otel.mjs', ...imported.flags], node: runtime(major) }));
});
