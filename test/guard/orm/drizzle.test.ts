import { eq } from 'drizzle-orm';
import { drizzle as drizzleMysql } from 'drizzle-orm/mysql2';
import { int, mysqlTable, varchar } from 'drizzle-orm/mysql-core';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { watched } from '../watched.ts';

let postgres: PostgresServer;
let mariaDb: MariaDbServer;
beforeAll(async () => {
  [postgres, mariaDb] = await Promise.all([startPostgres(), startMariaDb()]);
});
afterAll(() => Promise.all([postgres.stop(), mariaDb.stop()]));

test('drizzle works on a guarded pool of pg, with transactions and savepoints', async () => {
  const { pool, alarms } = watched(new pg.Pool({ ...postgres.config, max: 2 }));
  const orders = pgTable('orders', { id: integer('id').primaryKey(), what: text('what') });
  await pool.query('create table orders (id int primary key, what text)');
  const db = drizzle(pool);
  await db.insert(orders).values([{ id: 1, what: 'one' }, { id: 2, what: 'two' }]);
  await db.transaction(async (tx) => {
    await tx.update(orders).set({ what: 'changed' }).where(eq(orders.id, 1));
    await expect(tx.transaction(async (inner) => {
      await inner.delete(orders);
      throw new Error('of the user');
    })).rejects.toThrow('of the user');
    expect(stats(pool)).toMatchObject({ active: 1, acquired: 1 });
  });
  await expect(db.transaction(async (tx) => {
    await tx.delete(orders);
    tx.rollback();
  })).rejects.toThrow('Rollback');
  expect(await db.select().from(orders).orderBy(orders.id)).toEqual([{ id: 1, what: 'changed' }, { id: 2, what: 'two' }]);
  expect(stats(pool)).toMatchObject({ active: 0, acquired: 2, returned: stats(pool).internal + 2, staleHandles: 0 });
  expect(alarms()).toEqual([]);
  await pool.end();
});

test('drizzle works on a guarded pool of mysql2, with transactions', async () => {
  const { pool, alarms } = watched(mysql.createPool({ ...mariaDb.config, connectionLimit: 2 }));
  const orders = mysqlTable('orders', { id: int('id').primaryKey(), what: varchar('what', { length: 20 }) });
  await pool.query('create table orders (id int primary key, what varchar(20))');
  const db = drizzleMysql(pool);
  await db.insert(orders).values([{ id: 1, what: 'one' }]);
  await db.transaction(async (tx) => {
    await tx.update(orders).set({ what: 'changed' }).where(eq(orders.id, 1));
    expect(stats(pool)).toMatchObject({ active: 1, acquired: 1 });
  });
  await expect(db.transaction(async (tx) => {
    await tx.delete(orders);
    tx.rollback();
  })).rejects.toThrow('Rollback');
  expect(await db.select().from(orders)).toEqual([{ id: 1, what: 'changed' }]);
  expect(alarms()).toEqual([]);
  await pool.end();
});
