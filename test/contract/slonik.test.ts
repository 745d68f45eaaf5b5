import { createPool } from 'slonik';
import { afterAll } from 'vitest';
import { slonik as record } from '../../packages/catalogue/src/drivers/slonik.ts';
import { contract } from './contract.ts';
import { startPostgresServer } from './postgres-server.ts';

const server = await startPostgresServer();
const pool = await createPool(`postgres://u@127.0.0.1:${server.port}/d?sslmode=disable`, { typeParsers: [] });
let connection: unknown;
let transaction: unknown;
await pool.connect(async (lent) => {
  connection = lent;
  await lent.transaction((inner) => {
    transaction = inner;
    return Promise.resolve();
  });
});
afterAll(async () => {
  await pool.end();
  await server.close();
});

contract(record, {
  types: {
    DatabasePool: () => pool,
    DatabasePoolConnection: () => connection,
    DatabaseTransactionConnection: () => transaction,
  },
});
