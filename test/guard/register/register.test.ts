import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { majors, runtime } from '../../runtimes/install.mjs';
import { impatient, leaksIn, marked, register, runProgram, type Start } from './run.ts';

let postgres: PostgresServer;
let mariaDb: MariaDbServer;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  [postgres, mariaDb] = await Promise.all([startPostgres(), startMariaDb()]);
  env = { ...impatient, DATABASE_URL: urlOf('postgres', postgres), MYSQL_URL: urlOf('mysql', mariaDb) };
});
afterAll(() => Promise.all([postgres.stop(), mariaDb.stop()]));

function urlOf(scheme: string, { user, password, host, port, database }: PostgresServer | MariaDbServer): string {
  return `${scheme}://${user}:${password}@${host}:${port}/${database}`;
}

const isLong = process.env['LIFEGUARD_LONG'] === '1';

/** With which loader, by which export, in front of which library. */
const programs = [
  'pg.mjs', 'pg.cjs', 'pg-named.mjs', 'mysql2.mjs', 'mysql2-promise.cjs', 'mariadb.mjs', 'mariadb-default.mjs', 'mariadb.cjs',
  'generic.mjs', 'tarn.cjs', 'knex.mjs', 'typeorm.mjs', 'sequelize.cjs',
];

const bare = { flags: [] };
const required = { flags: ['--require', register] };
const imported = { flags: ['--import', register] };

async function finds(program: string, start: Start): Promise<void> {
  const ran = await runProgram(program, { ...start, env: { ...env, ...start.env } });
  expect(leaksIn(ran)).toEqual(marked(program));
  expect(ran.records.filter(({ type }) => type === 'reclaimed')).toHaveLength(1);
  expect(ran.stderr).not.toContain('Warning');
  expect(ran.stderr).not.toContain('a-secret');
}

describe('a program that is started with the guard', () => {
  test.concurrent.each(programs)('has its leak found and taken back, without a change: %s', (program) => finds(program, imported));

  test.concurrent.each(['pg.mjs', 'pg.cjs'])('may be started with --require too: %s', (program) => finds(program, required));

  test.concurrent('may make its pools in a worker', async () => {
    const ran = await runProgram('worker.mjs', { env });
    expect(leaksIn(ran)).toEqual(marked('pg.mjs'));
  });

  test.concurrent('has its pools named by driver, database and host', async () => {
    const [ran] = (await runProgram('pg.mjs', { env })).records;
    expect(ran?.pool).toBe('pg:postgres@127.0.0.1');
  });

  test.concurrent('cannot tell the classes, the pools and the modules from its own', async () => {
    const [without, withGuard, off] = await Promise.all([
      runProgram('shown.cjs', bare), runProgram('shown.cjs'), runProgram('shown.cjs', { env: { LIFEGUARD: 'off' } }),
    ]);
    const facts = JSON.parse(withGuard.stdout) as object;
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

if (!isLong) console.warn(`SKIPPED: programs that are started with the guard on Node ${majors.join(', ')}, which pnpm test:long runs.`);

describe.skipIf(!isLong).each(majors)('on Node %i', (major) => {
  test.each(programs)('%s has its leak found', (program) => finds(program, { ...imported, node: runtime(major) }));

  test.each(['pg.mjs', 'pg.cjs'])('%s has its leak found beside OpenTelemetry', (program) =>
    finds(program, { flags: ['--import', './otel.mjs', ...imported.flags], node: runtime(major) }));
});
