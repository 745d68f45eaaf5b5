import { EventEmitter } from 'node:events';
import sql from 'mssql';
import { Pool } from 'tarn';
import { mssql as record } from '../../packages/catalogue/src/drivers/mssql.ts';
import { contract, second } from './contract.ts';

/** What the library uses of a tedious connection. */
class FakeConnection extends EventEmitter {
  beginTransaction(done: (error: null) => void): void { setImmediate(done, null); }
  commitTransaction(done: (error: null) => void): void { setImmediate(done, null); }
  rollbackTransaction(done: (error: null) => void): void { setImmediate(done, null); }
}

/** A pool that believes it is connected. */
function makePool(max: number): sql.ConnectionPool {
  const pool = new sql.ConnectionPool({ server: 'nowhere', user: 'u', password: 'p' });
  const inner = new Pool({ create: () => Promise.resolve(new FakeConnection()), destroy: () => undefined, min: 0, max });
  Object.assign(pool, { pool: inner, _connected: true, _connecting: false });
  return pool;
}

function call(target: object, method: string, ...values: unknown[]): unknown {
  const found: unknown = Reflect.get(target, method);
  if (typeof found !== 'function') throw new Error(`no ${method}`);
  const result: unknown = Reflect.apply(found, target, values);
  return result;
}

const pool = makePool(4);

contract(record, {
  types: {
    ConnectionPool: () => pool,
    Transaction: () => new sql.Transaction(pool),
    PreparedStatement: () => new sql.PreparedStatement(pool),
    Request: () => pool.request(),
    Connection: () => ({}),
  },
  twice: {
    'ConnectionPool.close': async () => {
      const own = makePool(1);
      await own.close();
      return second(() => own.close());
    },
    'Transaction.commit': async () => {
      const transaction = await new sql.Transaction(pool).begin();
      await transaction.commit();
      return second(() => transaction.commit());
    },
    'Transaction.rollback': async () => {
      const transaction = await new sql.Transaction(pool).begin();
      await transaction.rollback();
      return second(() => transaction.rollback());
    },
    'Connection.release': async () => {
      const own = makePool(1);
      const connection = await call(own, 'acquire', {});
      const waiters = [call(own, 'acquire', {}), call(own, 'acquire', {})];
      call(own, 'release', connection);
      const outcome = await second(() => call(own, 'release', connection));
      const owners = await Promise.race([
        Promise.all(waiters),
        new Promise<unknown[]>((resolve) => setTimeout(resolve, 500, [])),
      ]);
      return owners.length === 2 && owners[0] === owners[1] ? 'corrupts' : outcome;
    },
  },
  arrivals: {
    'ConnectionPool.acquire callback Connection': () =>
      new Promise((resolve) => void call(pool, 'acquire', {}, (_: unknown, connection: unknown) => resolve(connection))),
    'Transaction.begin receiver Transaction': () => new sql.Transaction(pool).begin(),
    'ConnectionPool.acquire promise Connection': () => Promise.resolve(call(pool, 'acquire', {})),
  },
  text: ['mssql', '@types/mssql', 'tarn'],
});
