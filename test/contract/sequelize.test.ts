import { Sequelize } from 'sequelize';
import { afterAll } from 'vitest';
import { sequelize as record } from '../../packages/catalogue/src/drivers/sequelize.ts';
import { contract, pathIn, second } from './contract.ts';
import { startMysqlServer } from './mysql-server.ts';

const server = await startMysqlServer();
const sequelize = new Sequelize({
  dialect: 'mysql', host: '127.0.0.1', port: server.port, username: 'u', logging: false, pool: { max: 8 },
});
const manager = pathIn(sequelize, 'connectionManager');
if (typeof manager !== 'object' || manager === null) throw new Error('no connection manager');

/** The connection manager has no types. */
function call(method: string, ...values: unknown[]): unknown {
  const found = pathIn(manager, method);
  if (typeof found !== 'function') throw new Error(`no ${method}`);
  const result: unknown = Reflect.apply(found, manager, values);
  return result;
}

const Thing = sequelize.define('Thing', {});

const transaction = await sequelize.transaction();
const ended = await sequelize.transaction();
await ended.commit();
afterAll(async () => {
  await transaction.rollback();
  await sequelize.close();
  await server.close();
});

contract(record, {
  types: {
    Sequelize: () => sequelize,
    Model: () => Thing,
    // `finished` is there from the end on.
    Transaction: () => ended,
    ConnectionManager: () => manager,
    RawConnection: () => ({}),
  },
  twice: {
    'Transaction.commit': async () => {
      const own = await sequelize.transaction();
      await own.commit();
      return second(() => own.commit());
    },
    'Transaction.rollback': async () => {
      const own = await sequelize.transaction();
      await own.rollback();
      return second(() => own.rollback());
    },
    'RawConnection.releaseConnection': async () => {
      const own = await call('getConnection');
      call('releaseConnection', own);
      return second(() => call('releaseConnection', own));
    },
    'RawConnection.destroyConnection': async () => {
      const own = await call('getConnection');
      await call('destroyConnection', own);
      return second(() => call('destroyConnection', own));
    },
  },
  arrivals: {
    'Sequelize.transaction promise Transaction': () => Promise.resolve(transaction),
    'ConnectionManager.getConnection promise RawConnection': async () => {
      const own = await call('getConnection');
      call('releaseConnection', own);
      return own;
    },
  },
});
