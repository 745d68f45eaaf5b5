import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scope, stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg } from '../pg/open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

test('the signal of a scope ends the waits inside it with its reason, and no others', async () => {
  await using orders = openPg(server, { max: 1 });
  const client = await orders.pool.connect();
  const controller = new AbortController();
  const reason = new Error('the caller has gone');
  const inside = scope('GET /orders', { signal: controller.signal }, () =>
    Promise.allSettled([orders.pool.connect(), orders.pool.query('select 1'), scope('part', () => orders.pool.connect())]));
  const outside = orders.pool.connect();
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort(reason);
  expect(await inside).toEqual(Array.from({ length: 3 }, () => ({ status: 'rejected', reason })));
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  client.release();
  const next = await outside;
  expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  next.release();
  expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, waiting: 0, active: 0, refused: 3 });
});

test('a connection that comes in the turn of the abort goes back', async () => {
  await using orders = openPg(server, { max: 1 });
  const controller = new AbortController();
  const waiting = scope('GET /orders', { signal: controller.signal }, () => Promise.allSettled([orders.pool.connect()]));
  orders.pool.once('connect', () => controller.abort());
  expect(await waiting).toMatchObject([{ status: 'rejected', reason: { name: 'AbortError' } }]);
  (await orders.pool.connect()).release();
  expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0 });
});

test('nothing is lent in a scope whose signal is aborted already', async () => {
  await using orders = openPg(server, { max: 1 });
  (await orders.pool.connect()).release();
  const inside = scope('GET /orders', { signal: AbortSignal.abort() }, () => orders.pool.connect());
  await expect(inside).rejects.toMatchObject({ name: 'AbortError' });
  (await orders.pool.connect()).release();
  expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0 });
});

test('the signals of a scope and of the one around it both end its waits', async () => {
  await using orders = openPg(server, { max: 1 });
  const client = await orders.pool.connect();
  const [outer, inner] = [new AbortController(), new AbortController()];
  const waiting = scope('outer', { signal: outer.signal }, () =>
    Promise.allSettled([scope('inner', { signal: inner.signal }, () => orders.pool.connect()), orders.pool.connect()]));
  inner.abort('inner');
  outer.abort('outer');
  expect(await waiting).toEqual([{ status: 'rejected', reason: 'inner' }, { status: 'rejected', reason: 'outer' }]);
  client.release();
});

test('a signal that is never aborted keeps no listener', async () => {
  await using orders = openPg(server, { max: 1 });
  const { signal } = new AbortController();
  await scope('GET /orders', { signal }, async () => {
    for (let round = 0; round < 3; round += 1) (await orders.pool.connect()).release();
  });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
