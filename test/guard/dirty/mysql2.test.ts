import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stats, type GuardOptions } from '../../../packages/guard/dist/index.js';
import { isMariaDbHere, startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startProxy, type Proxy } from '../../servers/proxy.ts';
import { watched, type Watched } from '../watched.ts';

const isHere = await isMariaDbHere();
let server: MariaDbServer;
let proxy: Proxy;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  if (!isHere) return;
  server = await startMariaDb();
  proxy = await startProxy(server);
});
afterAll(async () => {
  if (!isHere) return;
  for (const end of ends) await end();
  await proxy.stop();
  await server.stop();
});

function open(options: GuardOptions = {}, config: mysql.PoolOptions = {}): Watched<mysql.Pool> {
  const pool = mysql.createPool({ ...server.config, port: proxy.port, connectionLimit: 1, ...config });
  ends.push(() => pool.end());
  return watched(pool, options);
}

function sent(): number {
  return proxy.links.reduce((sum, { toServer }) => sum + toServer, 0);
}

/** What the next owner of the only connection finds. */
async function isNextInTransaction(orders: Watched<mysql.Pool>): Promise<boolean> {
  const next = await orders.pool.getConnection();
  const [rows] = await next.query<mysql.RowDataPacket[]>('select @@in_transaction as open');
  next.release();
  return Number(rows[0]?.['open']) === 1;
}

function dirtyReturns(orders: Watched<mysql.Pool>): readonly unknown[] {
  return orders.events.filter(({ type }) => type === 'dirty-return');
}

describe.skipIf(!isHere)('a connection of mysql2', () => {
  test.each([
    ['BEGIN', (connection: mysql.PoolConnection) => connection.query('BEGIN')],
    ['a comment before it', (connection: mysql.PoolConnection) => connection.query('/* orders */ start transaction')],
    ['beginTransaction()', (connection: mysql.PoolConnection) => connection.beginTransaction()],
  ])('that comes back inside a transaction is rolled back, and reported: %s', async (_how, begin) => {
    const orders = open();
    const connection = await orders.pool.getConnection();
    await begin(connection);
    connection.release();
    expect(await isNextInTransaction(orders)).toBe(false);
    const here = { file: import.meta.filename };
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'transaction', action: 'rolled-back', site: here, at: here }]);
  });

  test('is destroyed, or left alone, where that is asked for', async () => {
    for (const dirtyReturn of ['destroy', 'warn'] as const) {
      const orders = open({ dirtyReturn });
      const connection = await orders.pool.getConnection();
      const { threadId } = connection;
      await connection.query('BEGIN');
      connection.release();
      expect(await isNextInTransaction(orders)).toBe(dirtyReturn === 'warn');
      const next = await orders.pool.getConnection();
      expect(next.threadId === threadId).toBe(dirtyReturn === 'warn');
      await next.query('ROLLBACK');
      next.release();
    }
  });

  test('that is given back by the callback of a statement that failed has nothing running', async () => {
    const orders = open();
    await new Promise<void>((resolve, reject) => {
      orders.pool.pool.getConnection((error, connection) => {
        if (error) return reject(error);
        connection.query('select 1 from nowhere', () => {
          connection.release();
          resolve();
        });
      });
    });
    expect(await isNextInTransaction(orders)).toBe(false);
    expect(dirtyReturns(orders)).toEqual([]);
  });

  test('is asked for its status only after a statement that opens a transaction', async () => {
    const orders = open();
    await (await orders.pool.getConnection()).query('select 1').finally(() => undefined);
    const plain = open();
    const connection = await plain.pool.getConnection();
    await connection.query("select 'begin' as word");
    const before = sent();
    connection.release();
    const next = await plain.pool.getConnection();
    expect(sent()).toBe(before);
    await next.beginTransaction();
    await next.commit();
    const busy = sent();
    next.release();
    (await plain.pool.getConnection()).release();
    expect(sent()).toBeGreaterThan(busy);
    expect(dirtyReturns(plain)).toEqual([]);
  });

  test('is asked at every return once autocommit is off', async () => {
    const orders = open();
    await orders.pool.query('create table if not exists kept (n int)');
    const first = await orders.pool.getConnection();
    await first.query('set autocommit = 0');
    first.release();
    const second = await orders.pool.getConnection();
    await second.query('insert into kept values (1)');
    second.release();
    expect(await isNextInTransaction(orders)).toBe(false);
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'transaction', action: 'rolled-back' }]);
  });

  test('that comes back while statements are queued commits them, and is handed back after', async () => {
    const orders = open();
    await orders.pool.query('create table if not exists committed (n int)');
    const connection = await orders.pool.getConnection();
    await connection.query('BEGIN');
    await connection.query('insert into committed values (1)');
    const committed = connection.query('COMMIT');
    connection.release();
    await committed;
    const [rows] = await orders.pool.query('select n from committed');
    expect(rows).toEqual([{ n: 1 }]);
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'busy', action: 'drained' }]);
  });

  test('whose query the driver gave up waiting for is destroyed, and the next owner does not hang', async () => {
    const orders = open();
    const connection = await orders.pool.getConnection();
    await expect(connection.query({ sql: 'select sleep(60)', timeout: 50 })).rejects.toMatchObject({ code: 'PROTOCOL_SEQUENCE_TIMEOUT' });
    connection.release();
    expect(await isNextInTransaction(orders)).toBe(false);
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'timed-out-query', action: 'destroyed' }]);
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0 });
  });

  test('of `pool.query` and of a callback pays nothing', async () => {
    const orders = open();
    await orders.pool.query('select 1');
    const before = sent();
    await orders.pool.query('select 1');
    const each = sent() - before;
    await orders.pool.query('select 1');
    expect(sent() - before).toBe(2 * each);
    expect(dirtyReturns(orders)).toEqual([]);
  });
});
