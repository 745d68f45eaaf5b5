import createKnex, { type Knex } from 'knex';
import { afterAll, beforeAll, test } from 'vitest';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { expectSame, type Log } from './log.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

function open(): Knex {
  return createKnex({ client: 'pg', connection: { ...server.config }, pool: { min: 0, max: 1 }, acquireConnectionTimeout: 1500, log: { warn: () => undefined } });
}

function hear(knex: Knex, log: Log): void {
  knex.on('query', ({ sql, __knexTxId }: { sql: string; __knexTxId?: string }) => log.note('query', sql, __knexTxId !== undefined));
  knex.on('query-error', (error: Error) => log.note('query-error', error.message));
  knex.on('query-response', (rows: unknown) => log.note('query-response', Array.isArray(rows) ? rows : typeof rows));
}

function count(knex: Knex): unknown {
  const { pool } = knex.client as { pool: { numUsed(): number; numFree(): number; numPendingAcquires(): number } };
  return [pool.numUsed(), pool.numFree(), pool.numPendingAcquires()];
}

test('queries, transactions, savepoints and streams give and tell the same', () => expectSame({
  open,
  async run(knex, log) {
    hear(knex, log);
    await knex.schema.createTable('transparent', (table) => void table.integer('id'));
    await knex('transparent').insert([{ id: 1 }, { id: 2 }]);
    log.note(await knex('transparent').select('id').orderBy('id'), count(knex));
    await log.settled('a bad query', () => knex('nowhere').select().then((rows) => rows));
    const trx = await knex.transaction();
    log.note(typeof trx, trx.isCompleted(), count(knex));
    await trx('transparent').insert({ id: 3 });
    await trx.transaction(async (inner) => {
      await inner('transparent').insert({ id: 4 });
      throw new Error('of the user');
    }).catch((error: unknown) => log.note('savepoint', (error as Error).message));
    await log.settled('exhausted', () => knex('transparent').select().then((rows) => rows));
    await log.settled('committed', () => trx.commit(), (value) => typeof value);
    await log.settled('committed again', () => trx.commit(), (value) => typeof value);
    log.note(trx.isCompleted(), count(knex));
    await log.settled('managed', () => knex.transaction((inner) => inner('transparent').count({ n: 'id' })).then((rows) => rows));
    const rows: unknown[] = [];
    for await (const row of knex('transparent').select('id').orderBy('id').stream()) rows.push(row);
    log.note(rows, count(knex));
    await knex.schema.dropTable('transparent');
    await knex.destroy();
    await log.settled('an ended pool', () => knex.raw('select 1').then(() => undefined));
  },
}));
