import { Kysely, MysqlDialect, PostgresDialect, sql } from 'kysely';
import mysql from 'mysql2';
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

interface Tables {
  orders: { id: number; what: string };
}

/** kysely keys what it knows of a connection by its object, which therefore has to be the driver's own. */
const options = { handles: 'bare' } as const;

async function use(db: Kysely<Tables>): Promise<void> {
  await db.schema.createTable('orders').addColumn('id', 'integer').addColumn('what', 'varchar(20)').execute();
  await db.insertInto('orders').values([{ id: 1, what: 'one' }, { id: 2, what: 'two' }]).execute();
  await db.transaction().execute((trx) => trx.updateTable('orders').set({ what: 'changed' }).where('id', '=', 1).execute());
  await expect(db.transaction().execute(async (trx) => {
    await trx.deleteFrom('orders').execute();
    throw new Error('of the user');
  })).rejects.toThrow('of the user');
  const trx = await db.startTransaction().execute();
  await trx.deleteFrom('orders').execute();
  await trx.rollback().execute();
  expect(await db.selectFrom('orders').selectAll().orderBy('id').execute()).toEqual([{ id: 1, what: 'changed' }, { id: 2, what: 'two' }]);
  await db.connection().execute((one) => sql`select 1`.execute(one));
}

test('kysely works on a guarded pool of pg, and is told of each connection once', async () => {
  const { pool, alarms } = watched(new pg.Pool({ ...postgres.config, max: 1 }), options);
  let created = 0;
  const onCreateConnection = (): Promise<void> => Promise.resolve(void (created += 1));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool, onCreateConnection }) });
  await use(db);
  expect(created).toBe(1);
  expect(stats(pool)).toMatchObject({ active: 0, total: 1, connectionsCreated: 1 });
  expect(stats(pool).acquired).toBe(stats(pool).returned);
  expect(alarms()).toEqual([]);
  await db.destroy();
});

test('kysely works on a guarded pool of mysql2, and is told of each connection once', async () => {
  const { pool, alarms } = watched(mysql.createPool({ ...mariaDb.config, connectionLimit: 1 }), options);
  let created = 0;
  const onCreateConnection = (): Promise<void> => Promise.resolve(void (created += 1));
  const db = new Kysely<Tables>({ dialect: new MysqlDialect({ pool, onCreateConnection }) });
  await use(db);
  expect(created).toBe(1);
  expect(stats(pool)).toMatchObject({ active: 0, total: 1 });
  expect(stats(pool).acquired).toBe(stats(pool).returned);
  expect(alarms()).toEqual([]);
  await db.destroy();
});
