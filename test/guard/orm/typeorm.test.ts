import { DataSource, EntitySchema } from 'typeorm';
import type { Pool } from 'pg';
import mysql from 'mysql2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guard, holders, stats, unguard } from '../../../packages/guard/dist/index.js';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { watched } from '../watched.ts';

let postgres: PostgresServer;
let mariaDb: MariaDbServer;
beforeAll(async () => {
  [postgres, mariaDb] = await Promise.all([startPostgres(), startMariaDb()]);
});
afterAll(() => Promise.all([postgres.stop(), mariaDb.stop()]));

interface Order {
  id: number;
  what: string;
}

const Orders = new EntitySchema<Order>({
  name: 'orders',
  columns: { id: { type: Number, primary: true }, what: { type: String } },
});

/** The pool under a data source. */
async function open(type: 'postgres' | 'mysql'): Promise<{ source: DataSource; pool: Pool | mysql.Pool }> {
  const { user, ...server } = type === 'postgres' ? postgres.config : mariaDb.config;
  const shared = { ...server, username: user, entities: [Orders], synchronize: true, poolSize: 2 };
  // TypeORM would take mysql where that is installed too.
  const source = new DataSource(type === 'postgres' ? { type, ...shared } : { type, ...shared, driver: mysql });
  await source.initialize();
  const pool: unknown = Reflect.get(source.driver, type === 'postgres' ? 'master' : 'pool');
  return { source, pool: pool as Pool | mysql.Pool };
}

test.each(['postgres', 'mysql'] as const)('TypeORM works on a guarded pool of %s, with transactions and query runners', async (type) => {
  const { source, pool } = await open(type);
  const { alarms } = watched(pool);
  const orders = source.getRepository(Orders);
  await orders.save([{ id: 1, what: 'one' }, { id: 2, what: 'two' }]);
  await source.transaction(async (manager) => {
    await manager.getRepository(Orders).update({ id: 1 }, { what: 'changed' });
    expect(stats(pool)).toMatchObject({ active: 1 });
  });
  await expect(source.transaction(async (manager) => {
    await manager.getRepository(Orders).delete({ id: 1 });
    throw new Error('of the user');
  })).rejects.toThrow('of the user');
  expect(await orders.find({ order: { id: 'ASC' } })).toEqual([{ id: 1, what: 'changed' }, { id: 2, what: 'two' }]);
  const runner = source.createQueryRunner();
  await runner.connect();
  expect(await runner.query('select 1 as one')).toMatchObject([{ one: 1 }]);
  expect(holders(pool)).toMatchObject([{ state: 'held' }]);
  await runner.startTransaction();
  await runner.manager.getRepository(Orders).delete({ id: 2 });
  await runner.rollbackTransaction();
  await runner.release();
  expect(await orders.count()).toBe(2);
  expect(holders(pool)).toEqual([]);
  expect(stats(pool)).toMatchObject({ active: 0, dirtyReturns: 0, staleHandles: 0 });
  expect(alarms()).toEqual([]);
  await source.destroy();
});

test.each(['postgres', 'mysql'] as const)('a data source of %s can be guarded itself: what leaks was acquired where its query runner was made', async (type) => {
  const { source, pool } = await open(type);
  const { clock, events, alarms } = watched(source, { idleLimitMs: 1000, reclaim: 'destroy' });
  const made = new Error('made here');
  const runner = source.createQueryRunner();
  await Promise.resolve();
  await runner.query('select 1 as one');
  expect(stats(pool)).toMatchObject({ active: 1, acquired: 1 });
  clock.pass(2250);
  expect(alarms()).toEqual(['leak-suspected', 'leaked', 'reclaimed']);
  const line = Number(/:(\d+):\d+\)?$/mu.exec(made.stack ?? '')?.[1]) + 1;
  expect(events.find((event) => event.type === 'leaked')).toMatchObject({ site: { file: import.meta.filename, line } });
  await source.transaction(async (manager) => {
    await manager.getRepository(Orders).save({ id: 1, what: 'one' });
    expect(holders(source)).toMatchObject([{ site: { file: import.meta.filename } }]);
  });
  unguard(source);
  expect(Object.hasOwn(source, 'createQueryRunner')).toBe(false);
  expect(() => stats(source)).toThrow('is not guarded');
  await source.destroy();
});

test('a data source that is not initialised has no pool to guard', () => {
  expect(() => guard(new DataSource({ type: 'postgres' }))).toThrow('No record of the catalogue describes this object of class DataSource');
});
