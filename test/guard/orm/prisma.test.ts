import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { watched } from '../watched.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

function statement(sql: string): { sql: string; args: unknown[]; argTypes: [] } {
  return { sql, args: [], argTypes: [] };
}

/** What a generated client calls, without one: it would have to be generated anew for each schema. */
test('the pg adapter of Prisma works on a guarded pool, with transactions', async () => {
  const { pool, alarms } = watched(new pg.Pool({ ...server.config, max: 2 }));
  const adapter = await new PrismaPg(pool).connect();
  await adapter.executeScript('create table orders (id int)');
  expect(await adapter.executeRaw(statement('insert into orders values (1)'))).toBe(1);
  const committed = await adapter.startTransaction();
  expect(await committed.executeRaw(statement('insert into orders values (2)'))).toBe(1);
  expect(stats(pool)).toMatchObject({ active: 1, acquired: 1 });
  await committed.executeRaw(statement('COMMIT'));
  await committed.commit();
  const undone = await adapter.startTransaction();
  await undone.executeRaw(statement('delete from orders'));
  await undone.executeRaw(statement('ROLLBACK'));
  await undone.rollback();
  expect((await adapter.queryRaw(statement('select id from orders order by id'))).rows).toEqual([[1], [2]]);
  await expect(adapter.queryRaw(statement('select nothing'))).rejects.toThrow();
  expect(stats(pool)).toMatchObject({ active: 0, acquired: 2, staleHandles: 0 });
  expect(alarms()).toEqual([]);
  await adapter.dispose();
  await pool.end();
});
