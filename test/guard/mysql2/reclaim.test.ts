import { promisify } from 'node:util';
import core from 'mysql2';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startProxy } from '../../servers/proxy.ts';
import { uncaughtDuring, watched } from '../watched.ts';

let server: MariaDbServer;
beforeAll(async () => {
  server = await startMariaDb();
});
afterAll(() => server.stop());

const options = { idleLimitMs: 1000, reclaim: 'destroy' } as const;

test('a waiter is served at once with a new connection, and the old owner is told with his next call', async () => {
  const orders = watched(mysql.createPool({ ...server.config, connectionLimit: 1 }), options);
  const zombie = await orders.pool.getConnection();
  const waiting = orders.pool.getConnection();
  orders.clock.pass(2250);
  const next = await waiting;
  expect(next.threadId).not.toBe(zombie.threadId);
  await expect(zombie.query('select 1')).rejects.toMatchObject({ code: 'LIFEGUARD_STALE_HANDLE' });
  zombie.release();
  expect((await next.query('select 1 as one'))[0]).toEqual([{ one: 1 }]);
  next.release();
  expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0, reclaims: 1, returned: 1 });
  await orders.pool.end();
});

test('a waiter is served and the process lives, also when the peer answers nothing or resets', async () => {
  await using proxy = await startProxy(server);
  for (const mode of ['stall', 'reset'] as const) {
    const config = { ...server.config, host: proxy.host, port: proxy.port, connectionLimit: 1 };
    const orders = watched(mysql.createPool(config), options);
    expect(await uncaughtDuring(async () => {
      const zombie = await orders.pool.getConnection();
      const waiting = orders.pool.getConnection();
      if (mode === 'stall') proxy.links.at(-1)?.set(mode);
      orders.clock.pass(2250);
      if (mode === 'reset') proxy.links[0]?.set(mode);
      (await waiting).release();
      zombie.release();
      expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0, reclaims: 1 });
      await orders.pool.end();
    })).toEqual([]);
  }
});

test('a connection that the server closes while it is held is told of, and ends nothing', async () => {
  const orders = watched(mysql.createPool({ ...server.config, connectionLimit: 1 }));
  expect(await uncaughtDuring(async () => {
    const held = await orders.pool.getConnection();
    const admin = await mysql.createConnection(server.adminConfig);
    await admin.query(`kill ${held.threadId}`);
    await orders.until('connection-lost');
    await orders.until('destroyed');
    expect(orders.events.find(({ type }) => type === 'connection-lost')).toMatchObject({ code: 'PROTOCOL_CONNECTION_LOST', site: { file: import.meta.filename } });
    await expect(held.query('select 1')).rejects.toThrow('closed state');
    held.release();
    (await orders.pool.getConnection()).release();
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, connectionsCreated: 2, connectionsDestroyed: 1, connectionsLost: 1 });
    await admin.end();
    await orders.pool.end();
  })).toEqual([]);
});

test('a running query puts off the verdict, and so the connection is taken only after it', async () => {
  const bare = core.createPool({ ...server.config, connectionLimit: 1 });
  const orders = watched(bare, { holdLimitMs: 1000, idleLimitMs: false, reclaim: 'destroy' });
  const connection = await promisify<core.PoolConnection>((done) => orders.pool.getConnection(done))();
  const answered = promisify<unknown>((done) => connection.query('do sleep(0.05)', done))();
  orders.clock.pass(3000);
  await answered;
  expect(stats(orders.pool).reclaims).toBe(0);
  orders.clock.pass(3000);
  expect(stats(orders.pool).reclaims).toBe(1);
  await promisify(bare.end.bind(bare))();
});
