import createKnex from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { watched } from '../watched.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

test('knex works when it is guarded: schemas, transactions, savepoints and a provider of transactions', async () => {
  const { pool: knex, alarms } = watched(createKnex({ client: 'pg', connection: { ...server.config }, pool: { min: 0, max: 2 } }));
  await knex.schema.createTable('orders', (table) => {
    table.increments('id');
    table.text('what');
  });
  await knex.transaction(async (trx) => {
    await trx('orders').insert({ what: 'one' });
    await expect(trx.transaction(async (inner) => {
      await inner('orders').insert({ what: 'two' });
      throw new Error('of the user');
    })).rejects.toThrow('of the user');
  });
  const provide = knex.transactionProvider();
  const trx = await provide();
  await trx('orders').insert({ what: 'three' });
  await trx.rollback();
  expect(await knex<{ what: string }>('orders').pluck('what')).toEqual(['one']);
  await knex.schema.dropTable('orders');
  expect(stats(knex)).toMatchObject({ active: 0, acquired: 2, staleHandles: 0 });
  expect(alarms()).toEqual([]);
  await knex.destroy();
});
