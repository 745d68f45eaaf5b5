import type { Readable } from 'node:stream';
import * as mariadb from 'mariadb';
import * as callbacks from 'mariadb/callback';
import { afterAll } from 'vitest';
import { mariadb as record } from '../../packages/catalogue/src/drivers/mariadb.ts';
import { contract, second, secondWithCallback } from './contract.ts';
import { startMysqlServer } from './mysql-server.ts';

const server = await startMysqlServer();
const config = { host: '127.0.0.1', port: server.port, user: 'u', connectionLimit: 6, minimumIdle: 0, acquireTimeout: 5_000 };
const pool = mariadb.createPool(config);
const callbackPool = callbacks.createPool(config);
const cluster = mariadb.createPoolCluster();
cluster.add('one', config);
const callbackCluster = callbacks.createPoolCluster();
callbackCluster.add('one', config);
const connection = await mariadb.createConnection(config);
const callbackConnection = callbacks.createConnection(config);

type Acquire = (callback: (error: mariadb.SqlError | null, connection?: callbacks.PoolConnection) => void) => void;

function viaCallback(acquire: Acquire): Promise<callbacks.PoolConnection> {
  return new Promise((resolve, reject) => {
    acquire((error, lent) => (lent === undefined ? reject(error ?? new Error('no connection')) : resolve(lent)));
  });
}

const checkout = (): Promise<callbacks.PoolConnection> => viaCallback((callback) => callbackPool.getConnection(callback));
const pooled = await pool.getConnection();
const callbackPooled = await checkout();

afterAll(async () => {
  pooled.destroy();
  callbackPooled.destroy();
  connection.destroy();
  callbackConnection.destroy();
  await Promise.all([
    pool.end(),
    cluster.end(),
    new Promise<unknown>((resolve) => callbackPool.end(resolve)),
  ]);
  await server.close();
});

function promiseTwice(method: 'release' | 'end' | 'close') {
  return async () => {
    const lent = await pool.getConnection();
    await lent[method]();
    return second(() => lent[method]());
  };
}

function callbackTwice(method: 'release' | 'end' | 'close') {
  return async () => {
    const lent = await checkout();
    await new Promise<unknown>((resolve) => lent[method](resolve));
    return secondWithCallback((done) => lent[method](done));
  };
}

/** A stream that is told, and not the process, if its connection is destroyed before the answer has come. */
function unread<T extends Readable>(stream: T): T {
  return stream.on('error', () => {});
}

function streamTwice(method: 'close' | 'destroy') {
  return async () => {
    const stream = unread(pooled.queryStream('SELECT 1'));
    const call = (): unknown => {
      const found: unknown = Reflect.get(stream, method);
      return typeof found === 'function' ? Reflect.apply(found, stream, []) : Promise.reject(new Error(`no ${method}`));
    };
    call();
    return second(call);
  };
}

contract(record, {
  types: {
    Pool: () => pool,
    CallbackPool: () => callbackPool,
    PoolCluster: () => cluster,
    CallbackPoolCluster: () => callbackCluster,
    FilteredPoolCluster: () => cluster.of('.*'),
    CallbackFilteredPoolCluster: () => callbackCluster.of('.*', 'RR'),
    PoolConnection: () => pooled,
    CallbackPoolConnection: () => callbackPooled,
    Connection: () => connection,
    CallbackConnection: () => callbackConnection,
    Readable: () => pooled.queryStream('SELECT 1'),
  },
  twice: {
    'PoolConnection.release': promiseTwice('release'),
    'PoolConnection.end': promiseTwice('end'),
    'PoolConnection.close': promiseTwice('close'),
    'PoolConnection.destroy': async () => {
      const lent = await pool.getConnection();
      lent.destroy();
      return second(() => lent.destroy());
    },
    'CallbackPoolConnection.release': callbackTwice('release'),
    'CallbackPoolConnection.end': callbackTwice('end'),
    'CallbackPoolConnection.close': callbackTwice('close'),
    'CallbackPoolConnection.destroy': async () => {
      const lent = await checkout();
      lent.destroy();
      return second(() => lent.destroy());
    },
    'Connection.end': async () => {
      const own = await mariadb.createConnection(config);
      await own.end();
      return second(() => own.end());
    },
    'Connection.close': async () => {
      const own = await mariadb.createConnection(config);
      await own.close();
      return second(() => own.close());
    },
    'Connection.destroy': async () => {
      const own = await mariadb.createConnection(config);
      own.destroy();
      return second(() => own.destroy());
    },
    'Readable.close': streamTwice('close'),
    'Readable.destroy': streamTwice('destroy'),
  },
  arrivals: {
    'Connection.queryStream return Readable': () => Promise.resolve(unread(connection.queryStream('SELECT 1'))),
    'PoolConnection.queryStream return Readable': () => Promise.resolve(unread(pooled.queryStream('SELECT 1'))),
    'CallbackConnection.queryStream return Readable': () => Promise.resolve(unread(callbackConnection.queryStream('SELECT 1'))),
    'CallbackPoolConnection.queryStream return Readable': () => Promise.resolve(unread(callbackPooled.queryStream('SELECT 1'))),
    'CallbackPoolCluster.getConnection callback CallbackPoolConnection': async () => {
      const lent = await viaCallback((callback) => callbackCluster.getConnection(undefined, undefined, callback));
      lent.destroy();
      return lent;
    },
    'CallbackFilteredPoolCluster.getConnection callback CallbackPoolConnection': async () => {
      const lent = await viaCallback((callback) => callbackCluster.of('.*', 'RR').getConnection(callback));
      lent.destroy();
      return lent;
    },
    'Pool.getConnection promise PoolConnection': async () => {
      const lent = await pool.getConnection();
      await lent.release();
      return lent;
    },
    'PoolCluster.getConnection promise PoolConnection': async () => {
      const lent = await cluster.getConnection();
      await lent.release();
      return lent;
    },
    'FilteredPoolCluster.getConnection promise PoolConnection': async () => {
      const lent = await cluster.of('.*').getConnection();
      await lent.release();
      return lent;
    },
    'CallbackPool.getConnection callback CallbackPoolConnection': async () => {
      const lent = await checkout();
      await new Promise<unknown>((resolve) => lent.release(resolve));
      return lent;
    },
    'module.createConnection promise Connection': () => Promise.resolve(connection),
    'module.createConnection return CallbackConnection': () => Promise.resolve(callbackConnection),
  },
});
