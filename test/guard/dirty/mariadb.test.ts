import * as mariadb from 'mariadb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stats, type GuardOptions } from '../../../packages/guard/dist/index.js';
import { isMariaDbHere, startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { watched, type Watched } from '../watched.ts';

const isHere = await isMariaDbHere();
let server: MariaDbServer;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  if (isHere) server = await startMariaDb();
});
afterAll(async () => {
  for (const end of ends) await end();
  if (isHere) await server.stop();
});

function open(options: GuardOptions = {}): Watched<mariadb.Pool> {
  const pool = mariadb.createPool({ ...server.config, connectionLimit: 1 });
  ends.push(() => pool.end());
  return watched(pool, options);
}

function dirtyReturns(orders: Watched<mariadb.Pool>): readonly unknown[] {
  return orders.events.filter(({ type }) => type === 'dirty-return');
}

describe.skipIf(!isHere)('a connection of mariadb', () => {
  test('that comes back inside a transaction is rolled back, and reported', async () => {
    const orders = open();
    const connection = await orders.pool.getConnection();
    const { threadId } = connection;
    await connection.query('BEGIN');
    await connection.release();
    const next = await orders.pool.getConnection();
    expect(await next.query('select cast(@@in_transaction as char) as open')).toEqual([{ open: '0' }]);
    expect(next.threadId).toBe(threadId);
    await next.release();
    const here = { file: import.meta.filename };
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'transaction', action: 'rolled-back', site: here, at: here }]);
  });

  test('that comes back after a statement that failed is in no transaction, whatever the driver keeps', async () => {
    const orders = open();
    const connection = await orders.pool.getConnection();
    await expect(connection.query('select 1 from nowhere')).rejects.toThrow('nowhere');
    await connection.release();
    const next = await orders.pool.getConnection();
    await next.query('BEGIN');
    await expect(next.query('select 1 from nowhere')).rejects.toThrow('nowhere');
    expect(dirtyReturns(orders)).toEqual([]);
    await next.release();
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'transaction', action: 'rolled-back' }]);
  });

  test('is destroyed where that is asked for', async () => {
    const orders = open({ dirtyReturn: 'destroy' });
    const connection = await orders.pool.getConnection();
    const { threadId } = connection;
    await connection.beginTransaction();
    await connection.release();
    const next = await orders.pool.getConnection();
    expect(next.threadId).not.toBe(threadId);
    await next.release();
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'transaction', action: 'destroyed' }]);
  });

  test('that comes back while statements are queued commits them, and is handed back after', async () => {
    const orders = open();
    await orders.pool.query('create table if not exists committed (n int)');
    const connection = await orders.pool.getConnection();
    await connection.query('BEGIN');
    await connection.query('insert into committed values (1)');
    const committed = connection.query('COMMIT');
    await connection.release();
    await committed;
    expect(await orders.pool.query('select n from committed')).toEqual([{ n: 1 }]);
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'busy', action: 'drained' }]);
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0 });
  });

  test('that comes back clean is not reported', async () => {
    const orders = open();
    const connection = await orders.pool.getConnection();
    await connection.beginTransaction();
    await connection.query('select 1');
    await connection.commit();
    await connection.release();
    expect(dirtyReturns(orders)).toEqual([]);
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0 });
  });
});
