import createKnex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guard, holders, stats, unguard } from '../../../packages/guard/dist/index.js';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { uncaughtDuring, watched, type Watched } from '../watched.ts';

let postgres: PostgresServer;
let mariaDb: MariaDbServer;
beforeAll(async () => {
  [postgres, mariaDb] = await Promise.all([startPostgres(), startMariaDb()]);
});
afterAll(() => Promise.all([postgres.stop(), mariaDb.stop()]));

interface Order {
  readonly id: number;
}

const stale = { code: 'LIFEGUARD_STALE_HANDLE' };

function connectionOf(client: string): Knex.StaticConnectionConfig {
  return client === 'pg' ? postgres.config : mariaDb.config;
}

let tables = 0;

/** A table of each test's own, so that no transaction that a failed test has left open locks another's. */
async function open(client: 'pg' | 'mysql2', pool: Knex.PoolConfig = {}, options = {}): Promise<Watched<Knex> & { readonly orders: string }> {
  const knex = createKnex({ client, connection: { ...connectionOf(client) }, pool: { min: 0, max: 2, ...pool }, acquireConnectionTimeout: 60_000 });
  const orders = `orders_${(tables += 1)}`;
  await knex.schema.createTable(orders, (table) => void table.integer('id'));
  return { ...watched(knex, options), orders };
}

/** What a raw connection of pg or mysql2 answers. */
function ask(connection: unknown, sql: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    (connection as { query(sql: string, done: (error: Error | null, answer: unknown) => void): void })
      .query(sql, (error, answer) => (error === null ? resolve(answer) : reject(error)));
  });
}

describe.each(['pg', 'mysql2'] as const)('knex on %s', (client) => {
  test('counts its queries, and names nobody for them', async () => {
    const { pool, alarms, events, orders } = await open(client);
    await pool(orders).insert([{ id: 1 }, { id: 2 }]);
    expect(await pool<Order>(orders).select('id').orderBy('id')).toEqual([{ id: 1 }, { id: 2 }]);
    await pool.raw('select 1');
    expect(stats(pool)).toMatchObject({ acquired: 0, internal: 3, returned: 3, active: 0, idle: 1, max: 2 });
    expect(alarms()).toEqual([]);
    expect(events.filter(({ type }) => type === 'acquired')).toEqual([]);
    await pool.destroy();
  });

  test('holds a lease for each transaction, which both its ends give back', async () => {
    const { pool, orders } = await open(client);
    const trx = await pool.transaction();
    await trx(orders).insert({ id: 1 });
    expect(holders(pool)).toMatchObject([{ state: 'held', site: { file: import.meta.filename } }]);
    expect(stats(pool)).toMatchObject({ acquired: 1, active: 1 });
    await trx.commit();
    await expect(pool.transaction(async (inner) => {
      await inner(orders).insert({ id: 2 });
      throw new Error('of the user');
    })).rejects.toThrow('of the user');
    expect(await pool<Order>(orders).select('id')).toEqual([{ id: 1 }]);
    expect(stats(pool)).toMatchObject({ acquired: 2, active: 0, staleHandles: 0 });
    await pool.destroy();
  });

  test('lends raw connections: a repeated or late release changes nothing', async () => {
    const { pool } = await open(client, { max: 1 });
    const knexClient = pool.client as { acquireConnection(): Promise<unknown>; releaseConnection(connection: unknown): Promise<void> };
    const first = await knexClient.acquireConnection();
    expect(await ask(first, 'select 1 as one')).toBeDefined();
    await knexClient.releaseConnection(first);
    const second = await knexClient.acquireConnection();
    await knexClient.releaseConnection(first);
    expect(stats(pool)).toMatchObject({ active: 1, acquired: 2, returned: 1 });
    await expect(ask(first, 'select 1')).rejects.toMatchObject(stale);
    await knexClient.releaseConnection(second);
    expect(stats(pool)).toMatchObject({ active: 0, returned: 2, staleHandles: 2 });
    await pool.destroy();
  });

  test('streams, also where the stream is left early', async () => {
    const { pool, orders } = await open(client, { max: 1 });
    await pool(orders).insert([{ id: 1 }, { id: 2 }, { id: 3 }]);
    const rows: unknown[] = [];
    for await (const row of pool(orders).select('id').orderBy('id').stream()) rows.push(row);
    expect(rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    for await (const row of pool(orders).select('id').stream()) {
      expect(row).toBeDefined();
      break;
    }
    expect(await pool<Order>(orders).count({ n: 'id' }).first()).toBeDefined();
    expect(stats(pool)).toMatchObject({ active: 0, acquired: 2, returned: 4, staleHandles: 0 });
    await pool.destroy();
  });

  test('has a leaked transaction taken back, and the waiter served', async () => {
    const { pool, clock, orders } = await open(client, { max: 1 }, { idleLimitMs: 1000, reclaim: 'destroy' });
    expect(await uncaughtDuring(async () => {
      const trx = await pool.transaction();
      await trx(orders).insert({ id: 1 });
      const waiting = pool<Order>(orders).select('id').then((rows) => rows);
      // The builder is asked for its rows, and so the pool for a connection, in a later turn.
      while (stats(pool).waiting === 0) await new Promise((resolve) => setImmediate(resolve));
      clock.pass(2250);
      expect(await waiting).toEqual([]);
      await expect(trx(orders).insert({ id: 2 })).rejects.toMatchObject(stale);
      await trx.rollback().catch(() => undefined);
      expect(stats(pool)).toMatchObject({ reclaims: 1, active: 0 });
      await pool.destroy();
    })).toEqual([]);
  });

  test('is as it was when it is guarded no more', async () => {
    const { pool, clock } = await open(client);
    const knexClient = pool.client as object;
    const own = new Set(Reflect.ownKeys(knexClient));
    expect(own.has('runner')).toBe(true);
    unguard(pool);
    expect(Reflect.ownKeys(knexClient)).not.toContain('runner');
    expect(clock.timers).toBe(0);
    expect(await pool.raw('select 1')).toBeDefined();
    await pool.destroy();
  });
});

test('a native pool that is guarded serves knex as its `connectionPool`', async () => {
  const { default: pg } = await import('pg');
  const native = guard(new pg.Pool({ ...postgres.config, max: 2 }));
  const config: Knex.Config & { readonly connectionPool: unknown } = { client: 'pg', connectionPool: native };
  const knex = createKnex(config);
  await knex.transaction(async (trx) => {
    expect((await trx.raw<{ rows: unknown[] }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(stats(native)).toMatchObject({ active: 1, acquired: 1 });
  });
  expect(stats(native)).toMatchObject({ active: 0, returned: 1 });
  expect(() => guard(knex)).toThrow(expect.objectContaining({ code: 'LIFEGUARD_UNKNOWN_POOL' }));
  await knex.destroy();
  await native.end();
});
