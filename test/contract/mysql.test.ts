import mysql, { type MysqlError, type PoolConnection } from 'mysql';
import { afterAll } from 'vitest';
import { mysql as record } from '../../packages/catalogue/src/drivers/mysql.ts';
import { contract, second, secondWithCallback } from './contract.ts';
import { startMysqlServer } from './mysql-server.ts';

const server = await startMysqlServer();
const config = { host: '127.0.0.1', port: server.port, user: 'u' };
const pool = mysql.createPool(config);
const cluster = mysql.createPoolCluster();
cluster.add('one', config);

type Acquire = (callback: (error: MysqlError | null, connection?: PoolConnection) => void) => void;

function viaCallback(acquire: Acquire): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    acquire((error, lent) => (lent === undefined ? reject(error ?? new Error('no connection')) : resolve(lent)));
  });
}

const checkout = (): Promise<PoolConnection> => viaCallback((callback) => pool.getConnection(callback));
const pooled = await checkout();

afterAll(async () => {
  pooled.release();
  await Promise.all([
    new Promise<unknown>((resolve) => pool.end(resolve)),
    new Promise<unknown>((resolve) => cluster.end(resolve)),
  ]);
  await server.close();
});

contract(record, {
  types: {
    Pool: () => pool,
    PoolCluster: () => cluster,
    PoolNamespace: () => cluster.of('*'),
    PoolConnection: () => pooled,
    Connection: () => mysql.createConnection(config),
  },
  twice: {
    'PoolConnection.release': async () => {
      const lent = await checkout();
      lent.release();
      return second(() => lent.release());
    },
    'PoolConnection.releaseConnection': async () => {
      const lent = await checkout();
      const back: unknown = Reflect.get(pool, 'releaseConnection');
      if (typeof back !== 'function') throw new Error('no releaseConnection');
      Reflect.apply(back, pool, [lent]);
      return second(() => Reflect.apply(back, pool, [lent]));
    },
    'PoolConnection.destroy': async () => {
      const lent = await checkout();
      lent.destroy();
      return second(() => lent.destroy());
    },
    'Connection.end': async () => {
      const own = mysql.createConnection(config);
      await new Promise<unknown>((resolve) => own.end(resolve));
      return secondWithCallback((done) => own.end(done));
    },
    'Connection.destroy': async () => {
      const own = mysql.createConnection(config);
      await new Promise<unknown>((resolve) => own.connect(resolve));
      own.destroy();
      return second(() => own.destroy());
    },
  },
  arrivals: {
    'Pool.getConnection callback PoolConnection': async () => {
      const lent = await checkout();
      lent.release();
      return lent;
    },
    'PoolCluster.getConnection callback PoolConnection': async () => {
      const lent = await viaCallback((callback) => cluster.getConnection(callback));
      lent.release();
      return lent;
    },
    'PoolNamespace.getConnection callback PoolConnection': async () => {
      const lent = await viaCallback((callback) => cluster.of('*').getConnection(callback));
      lent.release();
      return lent;
    },
    'module.createConnection return Connection': () => Promise.resolve(mysql.createConnection(config)),
  },
});
