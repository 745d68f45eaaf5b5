import { EventEmitter } from 'node:events';
import { promisify } from 'node:util';
import * as mariadb from 'mariadb';
import * as mariadbCallback from 'mariadb/callback';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holders, stats, unguard } from '../../../packages/guard/dist/index.js';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startProxy } from '../../servers/proxy.ts';
import { uncaughtDuring, watched, type Watched } from '../watched.ts';

let server: MariaDbServer;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await startMariaDb();
});
afterAll(async () => {
  for (const end of ends) await end();
  await server.stop();
});

const stale = { code: 'LIFEGUARD_STALE_HANDLE' };

function open(config: mariadb.PoolConfig = {}, options = {}): Watched<mariadb.Pool> {
  const pool = mariadb.createPool({ ...server.config, connectionLimit: 2, ...config });
  ends.push(() => pool.end());
  return watched(pool, options);
}

function openCallback(config: mariadb.PoolConfig = {}, options = {}): Watched<mariadbCallback.Pool> {
  const pool = mariadbCallback.createPool({ ...server.config, connectionLimit: 2, ...config });
  ends.push(() => promisify((done: (error: Error | null) => void) => pool.end(done))());
  return watched(pool, options);
}

/** A connection in callback form. */
function take(pool: mariadbCallback.Pool): Promise<mariadbCallback.PoolConnection> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (connection === undefined ? reject(error ?? new Error('nothing came')) : resolve(connection)));
  });
}

/** The rows of a query in callback form. */
function ask(from: mariadbCallback.PoolConnection, sql: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    from.query(sql, (error: Error | null, rows: unknown) => (error === null ? resolve(rows) : reject(error)));
  });
}

describe('a checkout in promise form', () => {
  test('lends a connection that answers, and names the line of its holder', async () => {
    const { pool, events } = open({ connectionLimit: 1 });
    const connection = await pool.getConnection();
    expect(await connection.query('select ? as one', ['a-secret'])).toMatchObject([{ one: 'a-secret' }]);
    expect(holders(pool)).toMatchObject([{ state: 'held', site: { file: import.meta.filename }, lastQuery: 'select ? as one' }]);
    expect(stats(pool)).toMatchObject({ active: 1, idle: 0, total: 1, waiting: 0, acquired: 1 });
    await connection.release();
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, total: 1, returned: 1 });
    expect(events.map(({ type }) => type).sort()).toEqual(['acquired', 'created', 'returned']);
    expect(JSON.stringify(events)).not.toContain('a-secret');
  });

  test('is over at its release, by each of its three names: a late one leaves the next owner\'s transaction alone', async () => {
    for (const name of ['release', 'end', 'close'] as const) {
      const { pool, alarms } = open({ connectionLimit: 1 });
      const first = await pool.getConnection();
      await first[name]();
      const second = await pool.getConnection();
      await second.beginTransaction();
      await first[name]();
      expect(await second.query('select @@in_transaction as open')).toMatchObject([{ open: 1n }]);
      expect(stats(pool)).toMatchObject({ active: 1, idle: 0 });
      await second.release();
      expect(stats(pool)).toMatchObject({ active: 0, idle: 1, returned: 2 });
      expect(alarms().filter((type) => type === 'stale-handle')).toHaveLength(1);
    }
  });

  test('rejects what is asked of it after its release', async () => {
    const { pool } = open();
    const connection = await pool.getConnection();
    await connection.release();
    await expect(connection.query('select 1')).rejects.toMatchObject(stale);
    await expect(connection.batch('select ?', [[1]])).rejects.toMatchObject(stale);
    await expect(connection.ping()).rejects.toMatchObject(stale);
    expect(() => connection.queryStream('select 1')).toThrow(expect.objectContaining(stale));
    expect(connection.threadId).toBeTypeOf('number');
  });

  test('ends at the end of the block with `await using`, also after a release by hand', async () => {
    const { pool } = open();
    {
      await using connection = await pool.getConnection();
      await connection.ping();
      await using other = await pool.getConnection();
      await other.release();
    }
    expect(stats(pool)).toMatchObject({ active: 0, returned: 2, staleHandles: 0 });
  });

  test('runs streams and prepared statements', async () => {
    const { pool } = open();
    const connection = await pool.getConnection();
    const rows: unknown[] = [];
    for await (const row of connection.queryStream('select 1 as n union select 2')) rows.push(row);
    expect(rows).toHaveLength(2);
    const statement = await connection.prepare('select ? as n');
    expect(await statement.execute([7])).toMatchObject([{ n: 7 }]);
    statement.close();
    await connection.release();
  });

  test('is closed by `destroy`, and the waiter gets another', async () => {
    const { pool } = open({ connectionLimit: 1 });
    const connection = await pool.getConnection();
    const waiting = pool.getConnection();
    connection.destroy();
    await (await waiting).release();
    expect(stats(pool)).toMatchObject({ destroyed: 1, returned: 1, total: 1 });
  });

  test('passes the error with which the pool refuses', async () => {
    const { pool } = open({ connectionLimit: 1, acquireTimeout: 1500 });
    const connection = await pool.getConnection();
    await expect(pool.getConnection()).rejects.toMatchObject({ code: 'ER_GET_CONNECTION_TIMEOUT', errno: 45028 });
    await connection.release();
    expect(stats(pool)).toMatchObject({ acquired: 1, refused: 1 });
  });
});

describe('a checkout in callback form', () => {
  test('lends a connection, whose release answers its callback, once and again', async () => {
    const { pool, alarms } = openCallback({ connectionLimit: 1 });
    const first = await take(pool);
    expect(await ask(first, 'select 1 as one')).toMatchObject([{ one: 1 }]);
    await new Promise<void>((resolve) => first.release(() => resolve()));
    const second = await take(pool);
    await new Promise<void>((resolve) => first.end(() => resolve()));
    expect(stats(pool)).toMatchObject({ active: 1, acquired: 2 });
    expect(await ask(second, 'select 2 as two')).toMatchObject([{ two: 2 }]);
    await new Promise<void>((resolve) => second.close(() => resolve()));
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, returned: 2 });
    expect(alarms()).toEqual(['stale-handle']);
  });

  test('gives the error to the callback after its release', async () => {
    const { pool } = openCallback();
    const connection = await take(pool);
    await new Promise<void>((resolve) => connection.release(() => resolve()));
    await expect(ask(connection, 'select 1')).rejects.toMatchObject(stale);
  });

  test('lends bare where that is asked for: every way to end it ends the lease', async () => {
    const { pool } = openCallback({ connectionLimit: 1 }, { handles: 'bare' });
    for (const name of ['release', 'end', 'close'] as const) {
      const connection = await take(pool);
      await new Promise<void>((resolve) => connection[name](() => resolve()));
    }
    expect(stats(pool)).toMatchObject({ acquired: 3, returned: 3, active: 0, idle: 1, total: 1, staleHandles: 0 });
    (await take(pool)).destroy();
    expect(stats(pool)).toMatchObject({ acquired: 4, destroyed: 1, active: 0 });
  });
});

test('queries of the pool are not lent', async () => {
  const { pool, alarms } = open();
  expect(await pool.query('select 1 as one')).toMatchObject([{ one: 1 }]);
  await pool.execute('select 2');
  expect(stats(pool)).toMatchObject({ acquired: 0, active: 0 });
  expect(alarms()).toEqual([]);
});

test('a pool that is guarded no more is as it was', async () => {
  const bare = mariadb.createPool({ ...server.config, connectionLimit: 1 });
  const own = Reflect.ownKeys(bare);
  const { pool, clock } = watched(bare);
  const lent = await pool.getConnection();
  const waiting = pool.getConnection();
  unguard(pool);
  expect(Reflect.ownKeys(bare)).toEqual(own);
  expect(Reflect.apply(EventEmitter.prototype.listenerCount, bare, ['connection'])).toBe(0);
  expect(clock.timers).toBe(0);
  await lent.release();
  const late = await waiting;
  await expect(lent.query('select 1')).rejects.toMatchObject(stale);
  await late.release();
  await bare.end();
});

describe('a leaked connection that is taken back', () => {
  const options = { idleLimitMs: 1000, reclaim: 'destroy' } as const;

  test('makes room for the waiter at once, also when its peer answers nothing or resets, and the process lives', async () => {
    await using proxy = await startProxy(server);
    for (const mode of ['pass', 'stall', 'reset'] as const) {
      const config = { ...server.config, host: proxy.host, port: proxy.port, connectionLimit: 1 };
      const orders = watched(mariadb.createPool(config), options);
      expect(await uncaughtDuring(async () => {
        const zombie = await orders.pool.getConnection();
        const waiting = orders.pool.getConnection();
        if (mode === 'stall') proxy.links.at(-1)?.set(mode);
        orders.clock.pass(2250);
        if (mode === 'reset') proxy.links.at(-1)?.set(mode);
        const next = await waiting;
        expect(await next.query('select 1 as one')).toMatchObject([{ one: 1 }]);
        await zombie.release();
        await expect(zombie.query('select 1')).rejects.toMatchObject(stale);
        await next.release();
        expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0, reclaims: 1 });
        await orders.pool.end();
      })).toEqual([]);
    }
  });

  test('and one that the server closes while it is held ends nothing', async () => {
    const orders = watched(mariadb.createPool({ ...server.config, connectionLimit: 1 }));
    expect(await uncaughtDuring(async () => {
      const held = await orders.pool.getConnection();
      const admin = await mariadb.createConnection(server.adminConfig);
      await admin.query(`kill ${held.threadId}`);
      await orders.until('destroyed');
      await expect(held.query('select 1')).rejects.toBeInstanceOf(Error);
      await held.release();
      await (await orders.pool.getConnection()).release();
      expect(stats(orders.pool)).toMatchObject({ active: 0, connectionsDestroyed: 1 });
      expect(orders.alarms()).toEqual(['connection-lost']);
      await admin.end();
      await orders.pool.end();
    })).toEqual([]);
  });
});
