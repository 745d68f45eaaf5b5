import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { startProxy } from '../../servers/proxy.ts';
import { openPg } from './open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const options = { idleLimitMs: 1000, reclaim: 'destroy' } as const;

test('the waiter is served also when the peer of the leaked connection answers nothing', async () => {
  await using proxy = await startProxy(server);
  await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port }, options);
  const zombie = await orders.pool.connect();
  for (const link of proxy.links) link.set('stall');
  const waiting = orders.pool.connect();
  orders.clock.pass(2250);
  const next = await waiting;
  expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  next.release();
  zombie.release();
  expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0, reclaims: 1 });
});

test('a second waiter is served after the first', async () => {
  await using orders = openPg(server, { max: 1 }, options);
  await orders.pool.connect();
  const answers = [1, 2, 3].map((n) => orders.pool.query('select $1::int as n', [n]));
  orders.clock.pass(2250);
  expect((await Promise.all(answers)).map(({ rows }) => rows[0])).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0, waiting: 0 });
});

test('the process lives when the taken connection breaks, with no listener for its errors', async () => {
  await using proxy = await startProxy(server);
  await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port }, options);
  const died: unknown[] = [];
  const note = (error: unknown): void => void died.push(error);
  process.on('uncaughtException', note);
  const zombie = await orders.pool.connect();
  orders.clock.pass(2250);
  for (const link of proxy.links) link.set('reset');
  const next = await orders.pool.connect();
  next.release();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('uncaughtException', note);
  expect(died).toEqual([]);
  zombie.release();
});

test('every other connection is left alone', async () => {
  await using orders = openPg(server, { max: 3 }, options);
  const zombie = await orders.pool.connect();
  const busy = await orders.pool.connect();
  const removed = once(orders.pool, 'remove');
  orders.clock.pass(1500);
  await busy.query('begin');
  orders.clock.pass(1000);
  await removed;
  expect(stats(orders.pool)).toMatchObject({ total: 1, active: 1, reclaims: 1 });
  expect((await busy.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await busy.query('commit');
  busy.release();
  zombie.release();
});
