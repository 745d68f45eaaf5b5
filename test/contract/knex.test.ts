import makeKnex from 'knex';
import { afterAll } from 'vitest';
import { knex as record } from '../../packages/catalogue/src/drivers/knex.ts';
import { contract, second } from './contract.ts';
import { startMysqlServer } from './mysql-server.ts';

const server = await startMysqlServer();
const knex = makeKnex({
  client: 'mysql2',
  connection: { host: '127.0.0.1', port: server.port, user: 'u' },
  pool: { min: 0, max: 8 },
});
const transaction = await knex.transaction();
const connection: unknown = await knex.client.acquireConnection();
const stream = knex.raw('select 1').stream();

afterAll(async () => {
  await transaction.rollback();
  await knex.client.releaseConnection(connection);
  stream.destroy();
  await knex.destroy();
  await server.close();
});

contract(record, {
  types: {
    Knex: () => knex,
    Transaction: () => transaction,
    TransactionProvider: () => knex.transactionProvider(),
    Client: () => knex.client,
    RawConnection: () => ({}),
    QueryBuilder: () => knex('table'),
    Raw: () => knex.raw('select 1'),
    Readable: () => stream,
  },
  twice: {
    'Transaction.commit': async () => {
      const own = await knex.transaction();
      await own.commit();
      return second(() => own.commit());
    },
    'Transaction.rollback': async () => {
      const own = await knex.transaction();
      await own.rollback();
      return second(() => own.rollback());
    },
    'RawConnection.releaseConnection': async () => {
      const own: unknown = await knex.client.acquireConnection();
      await knex.client.releaseConnection(own);
      return second(() => knex.client.releaseConnection(own));
    },
    'Readable.destroy': async () => {
      const own = knex.raw('select 1').stream();
      own.destroy();
      return second(() => own.destroy());
    },
  },
  arrivals: {
    'QueryBuilder.stream return Readable': () => {
      const own = knex('table').stream();
      own.destroy();
      return Promise.resolve(own);
    },
    'Knex.transaction promise Transaction': () => Promise.resolve(transaction),
    'Transaction.transaction promise Transaction': () => transaction.transaction(),
    'TransactionProvider.() promise Transaction': async () => {
      const own = await knex.transactionProvider()();
      await own.rollback();
      return own;
    },
    'Client.acquireConnection promise RawConnection': () => Promise.resolve(connection),
    'Raw.stream return Readable': () => Promise.resolve(stream),
  },
  text: ['knex', 'tarn'],
});
