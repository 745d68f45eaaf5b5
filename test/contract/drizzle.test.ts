import { drizzle as overMysql, MySql2Transaction } from 'drizzle-orm/mysql2';
import { drizzle as overPg, NodePgTransaction } from 'drizzle-orm/node-postgres';
import { drizzle as overPostgres, PostgresJsTransaction } from 'drizzle-orm/postgres-js';
import { drizzle as record } from '../../packages/catalogue/src/drivers/drizzle.ts';
import { contract } from './contract.ts';

contract(record, {
  types: {
    NodePgDatabase: () => overPg.mock(),
    MySql2Database: () => overMysql.mock(),
    PostgresJsDatabase: () => overPostgres.mock(),
    NodePgTransaction: () => NodePgTransaction.prototype,
    MySql2Transaction: () => MySql2Transaction.prototype,
    PostgresJsTransaction: () => PostgresJsTransaction.prototype,
  },
  text: ['drizzle-orm'],
});
