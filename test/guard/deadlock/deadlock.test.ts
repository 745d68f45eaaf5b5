import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guard, scope, stats, type ExhaustedError } from '../../../packages/guard/dist/index.js';
import pg from 'pg';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg, type Opened } from '../pg/open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Lets everything happen that waits for nothing but its turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Holds one connection, and asks for a second when it may. */
function job(label: string, { pool }: Opened, go: Promise<unknown>): Promise<string> {
  return scope(label, async () => {
    const first = await pool.connect();
    try {
      await first.query('select 1');
      await go;
      const second = await pool.connect();
      second.release();
      return `${label} done`;
    } finally {
      first.release();
    }
  });
}

async function lentAll({ pool }: Opened, count: number): Promise<void> {
  while (stats(pool).active !== count || stats(pool).idle !== 0 || stats(pool).acquired < count) await settle();
  await settle();
}

async function waitingAll({ pool }: Opened, count: number): Promise<void> {
  while (stats(pool).waiting !== count) await settle();
}

const errorOf = (settled: PromiseSettledResult<unknown>): ExhaustedError | undefined =>
  settled.status === 'rejected' ? (settled.reason as ExhaustedError) : undefined;

describe('two jobs that each hold one of two connections and want a second', () => {
  test('are told: the newer fails with the cycle, the older goes on', async () => {
    await using orders = openPg(server, { max: 2 });
    let start = (): void => undefined;
    const go = new Promise<void>((resolve) => (start = resolve));
    const jobs = Promise.allSettled([job('invoice', orders, go), job('refund', orders, go)]);
    await lentAll(orders, 2);
    orders.clock.pass(5000);
    start();
    await waitingAll(orders, 2);
    orders.clock.pass(999);
    await settle();
    expect(orders.alarms()).not.toContain('deadlock');
    orders.clock.pass(251);
    const results = await jobs;
    expect(results.filter(({ status }) => status === 'fulfilled')).toEqual([{ status: 'fulfilled', value: expect.stringMatching(/done$/u) }]);
    const error = results.map(errorOf).find((one) => one !== undefined);
    expect(error).toMatchObject({ name: 'LifeguardError', code: 'LIFEGUARD_POOL_DEADLOCK' });
    expect(error?.lifeguard.cycle?.map(({ scope: one, heldBy }) => [one, heldBy]).sort()).toEqual([['invoice', 'refund'], ['refund', 'invoice']]);
    expect(error?.message).toContain(`held by refund from ${import.meta.filename}:`);
    expect(orders.events.filter(({ type }) => type === 'deadlock')).toMatchObject([{ pool: 'orders', cycle: [{ pool: 'orders' }, { pool: 'orders' }] }]);
    expect(stats(orders.pool)).toMatchObject({ active: 0, waiting: 0 });
  });

  test('are only told of where nothing is to fail, once', async () => {
    await using orders = openPg(server, { max: 2 }, { deadlock: 'warn' });
    const controller = new AbortController();
    const jobs = scope('all', { signal: controller.signal }, () =>
      Promise.allSettled([job('invoice', orders, Promise.resolve()), job('refund', orders, Promise.resolve())]));
    await waitingAll(orders, 2);
    orders.clock.pass(10_000);
    expect(orders.events.filter(({ type }) => type === 'deadlock')).toHaveLength(1);
    expect(stats(orders.pool)).toMatchObject({ waiting: 2 });
    controller.abort();
    await jobs;
  });

  test('are not taken for a deadlock while one of them still runs something', async () => {
    await using orders = openPg(server, { max: 2 });
    let start = (): void => undefined;
    const go = new Promise<void>((resolve) => (start = resolve));
    const locker = new pg.Client(server.config);
    await locker.connect();
    await locker.query('select pg_advisory_lock(1)');
    const slow = scope('report', async () => {
      const client = await orders.pool.connect();
      await go;
      const running = client.query('select pg_advisory_lock(1)');
      const second = orders.pool.connect();
      await running;
      client.release();
      (await second).release();
    });
    const other = job('refund', orders, go);
    await lentAll(orders, 2);
    start();
    await waitingAll(orders, 2);
    orders.clock.pass(30_000);
    expect(orders.alarms()).not.toContain('deadlock');
    await locker.end();
    await Promise.all([slow, other]);
  });
});

test('many checkouts at once in one scope on a pool of one, each held for 300 ms of other work, do not fail', async () => {
  await using orders = openPg(server, { max: 1 });
  const work = async (): Promise<void> => {
    const client = await orders.pool.connect();
    await settle();
    orders.clock.pass(300);
    await settle();
    client.release();
  };
  await scope('import', () => Promise.all(Array.from({ length: 10 }, work)));
  expect(orders.alarms()).not.toContain('deadlock');
  expect(stats(orders.pool)).toMatchObject({ acquired: 10, returned: 10, refused: 0 });
});

test('a scope that queries the pool while it holds the only connection is told', async () => {
  await using orders = openPg(server, { max: 1 });
  await scope('job', async () => {
    const client = await orders.pool.connect();
    const query = orders.pool.query('select 1').then(() => undefined, (error: unknown) => error);
    orders.clock.pass(1250);
    expect(await query).toMatchObject({ code: 'LIFEGUARD_POOL_DEADLOCK', lifeguard: { cycle: [{ scope: 'job', heldBy: 'job' }] } });
    client.release();
  });
});

describe('whoever is in no scope', () => {
  test('never takes part as a holder', async () => {
    await using orders = openPg(server, { max: 2 });
    const outside = await orders.pool.connect();
    const inside = job('job', orders, Promise.resolve());
    await waitingAll(orders, 1);
    orders.clock.pass(30_000);
    expect(orders.alarms()).not.toContain('deadlock');
    outside.release();
    expect(await inside).toBe('job done');
  });

  test('is not failed, though it waits longest and is newest', async () => {
    await using orders = openPg(server, { max: 1 });
    const before = orders.pool.connect();
    const first = await before;
    const outside = orders.pool.connect();
    orders.clock.pass(30_000);
    expect(orders.alarms()).not.toContain('deadlock');
    first.release();
    (await outside).release();
  });
});

test('scopes that hold of one pool and wait for another are told across the pools', async () => {
  await using orders = openPg(server, { max: 1 });
  const users = guard(new pg.Pool({ ...server.config, max: 1 }), { name: 'users', clock: orders.clock });
  const cross = (label: string, from: { connect(): Promise<pg.PoolClient> }, to: { connect(): Promise<pg.PoolClient> }): Promise<string> =>
    scope(label, async () => {
      const first = await from.connect();
      try {
        await settle();
        await first.query('select 1');
        (await to.connect()).release();
        return label;
      } finally {
        first.release();
      }
    });
  const both = Promise.allSettled([cross('one', orders.pool, users), cross('other', users, orders.pool)]);
  await waitingAll(orders, 1);
  while (stats(users).waiting !== 1) await settle();
  orders.clock.pass(1250);
  const results = await both;
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const error = results.map(errorOf).find((one) => one !== undefined);
  expect(error?.lifeguard.cycle?.map(({ pool }) => pool).sort()).toEqual(['orders', 'users']);
  await users.end();
});
