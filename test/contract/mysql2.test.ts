import { once } from 'node:events';
import mysql, { type Connection, type PoolConnection } from 'mysql2';
import promise from 'mysql2/promise';
import { afterAll } from 'vitest';
import { mysql2 as record } from '../../packages/catalogue/src/drivers/mysql2.ts';
import { contract, internal, pathIn, second } from './contract.ts';
import { startMysqlServer } from './mysql-server.ts';

const server = await startMysqlServer();
const config = { host: '127.0.0.1', port: server.port, user: 'u', connectionLimit: 8 };
const pool = mysql.createPool(config);
const promisePool = promise.createPool(config);
const cluster = mysql.createPoolCluster();
cluster.add('one', config);
const promiseCluster = promise.createPoolCluster();
promiseCluster.add('one', config);
const connection = mysql.createConnection(config);
connection.on('error', () => {});
const promiseConnection = await promise.createConnection(config);

type Acquire = (callback: (error: Error | null, connection: PoolConnection) => void) => void;

function viaCallback(acquire: Acquire): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    acquire((error, lent) => (error === null ? resolve(lent) : reject(error)));
  });
}

/** Not sooner: the handshake of a connection that is destroyed writes after the end, and the process hears of it. */
async function destroyConnected(own: Connection): Promise<void> {
  await once(own, 'connect');
  own.destroy();
}

const checkout = (): Promise<PoolConnection> => viaCallback((callback) => pool.getConnection(callback));
const pooled = await checkout();
const promisePooled = await promisePool.getConnection();

afterAll(async () => {
  pooled.release();
  promisePooled.release();
  connection.destroy();
  promiseConnection.destroy();
  await Promise.all([ended(pool), ended(cluster), promisePool.end(), promiseCluster.end()]);
});

function ended(owner: { end(callback: (error?: Error | null) => void): void }): Promise<void> {
  return new Promise((resolve, reject) => {
    owner.end((error) => (error ? reject(error) : resolve()));
  });
}

contract(record, {
  types: {
    Pool: () => pool,
    PromisePool: () => promisePool,
    PoolCluster: () => cluster,
    PromisePoolCluster: () => promiseCluster,
    PoolNamespace: () => cluster.of('*'),
    PromisePoolNamespace: () => promiseCluster.of('*'),
    PoolConnection: () => pooled,
    PromisePoolConnection: () => promisePooled,
    Connection: () => connection,
    PromiseConnection: () => promiseConnection,
    PreparedStatementInfo: () => pathIn(internal('mysql2/lib/promise/prepared_statement_info.js'), 'prototype'),
  },
  twice: {
    'PoolConnection.release': async () => {
      const lent = await checkout();
      lent.release();
      return second(() => lent.release());
    },
    'PoolConnection.releaseConnection': async () => {
      const own = mysql.createPool(config);
      const take = (): Promise<PoolConnection> => viaCallback((callback) => own.getConnection(callback));
      const lent = await take();
      own.releaseConnection(lent);
      const outcome = await second(() => own.releaseConnection(lent));
      const owners = [await take(), await take()];
      await ended(own);
      return owners[0] === owners[1] ? 'corrupts' : outcome;
    },
    'PoolConnection.destroy': async () => {
      const lent = await checkout();
      lent.destroy();
      return second(() => lent.destroy());
    },
    'PromisePoolConnection.release': async () => {
      const lent = await promisePool.getConnection();
      lent.release();
      return second(() => lent.release());
    },
    'PromisePoolConnection.releaseConnection': async () => {
      const own = promise.createPool(config);
      const lent = await own.getConnection();
      own.releaseConnection(lent);
      const outcome = await second(() => own.releaseConnection(lent));
      const owners = [await own.getConnection(), await own.getConnection()];
      await own.end();
      return owners[0]?.connection === owners[1]?.connection ? 'corrupts' : outcome;
    },
    'PromisePoolConnection.destroy': async () => {
      const lent = await promisePool.getConnection();
      lent.destroy();
      return second(() => lent.destroy());
    },
    'PromiseConnection.end': async () => {
      const own = await promise.createConnection(config);
      await own.end();
      return second(() => own.end());
    },
    'PromiseConnection.destroy': async () => {
      const own = await promise.createConnection(config);
      own.destroy();
      return second(() => own.destroy());
    },
    'Connection.destroy': async () => {
      const own = mysql.createConnection(config);
      await destroyConnected(own);
      return second(() => own.destroy());
    },
    'Connection.end': async () => {
      const own = mysql.createConnection(config);
      await new Promise<unknown>((resolve) => own.end(resolve));
      return second(() => new Promise<void>((resolve, reject) => own.end((error) => (error ? reject(error) : resolve()))));
    },
  },
  arrivals: {
    'module.connect return Connection': async () => {
      const connect: unknown = Reflect.get(mysql, 'connect');
      if (typeof connect !== 'function') throw new Error('no connect');
      const own: unknown = Reflect.apply(connect, mysql, [config]);
      if (own instanceof mysql.Connection) await destroyConnected(own);
      return own;
    },
    'Pool.getConnection callback PoolConnection': async () => {
      const lent = await checkout();
      lent.release();
      return lent;
    },
    'PromisePool.getConnection promise PromisePoolConnection': async () => {
      const lent = await promisePool.getConnection();
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
    'PromisePoolCluster.getConnection promise PromisePoolConnection': async () => {
      const lent = await promiseCluster.getConnection();
      lent.release();
      return lent;
    },
    'PromisePoolNamespace.getConnection promise PromisePoolConnection': async () => {
      const lent = await promiseCluster.of('*').getConnection();
      lent.release();
      return lent;
    },
    'module.createConnection return Connection': () => Promise.resolve(connection),
    'module.createConnection promise PromiseConnection': () => Promise.resolve(promiseConnection),
  },
});
