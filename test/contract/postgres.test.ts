import postgres from 'postgres';
import { afterAll } from 'vitest';
import { postgres as record } from '../../packages/catalogue/src/drivers/postgres.ts';
import { contract, second } from './contract.ts';
import { startPostgresServer } from './postgres-server.ts';

const server = await startPostgresServer();
const connect = (): postgres.Sql => postgres({ host: '127.0.0.1', port: server.port, user: 'u', fetch_types: false, max: 4 });
const sql = connect();
// As the first operation of all, `reserve` hangs with `fetch_types: false`.
await sql`select 1`;
const reserved = await sql.reserve();
const listening = await sql.listen('channel', () => {});

afterAll(async () => {
  reserved.release();
  await sql.end({ timeout: 0 });
  await server.close();
});

let inTransaction: unknown;
await sql.begin((transaction) => {
  inTransaction = transaction;
  return Promise.resolve();
});

contract(record, {
  types: {
    Sql: () => sql,
    ReservedSql: () => reserved,
    TransactionSql: () => inTransaction,
    ListenMeta: () => listening,
  },
  twice: {
    'Sql.end': async () => {
      const own = connect();
      await own.end();
      return second(() => own.end());
    },
    'ReservedSql.release': async () => {
      const lent = await sql.reserve();
      lent.release();
      return second(() => lent.release());
    },
    'ListenMeta.unlisten': async () => {
      const one = await sql.listen('other', () => {});
      await one.unlisten();
      return second(() => one.unlisten());
    },
  },
  arrivals: {
    'Sql.reserve promise ReservedSql': () => Promise.resolve(reserved),
    'Sql.listen promise ListenMeta': () => Promise.resolve(listening),
    'module.default return Sql': () => Promise.resolve(sql),
  },
});
