import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advice, scope, stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg, type Opened } from './open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function work({ pool, clock }: Opened, holdMs: number): Promise<void> {
  const client = await pool.connect();
  clock.pass(holdMs);
  client.release();
}

async function rest({ pool, clock }: Opened, holdMs: number): Promise<void> {
  const client = await pool.connect();
  clock.pass(holdMs);
  client.release();
}

test('waits and holds are told in quantiles, of the pool and of each call site', async () => {
  await using orders = openPg(server, { max: 1 });
  for (let round = 0; round < 9; round += 1) await work(orders, 10);
  await rest(orders, 200);
  const first = await orders.pool.connect();
  const second = orders.pool.connect();
  orders.clock.pass(50);
  first.release();
  (await second).release();
  const { wait, hold, sites, utilisation } = stats(orders.pool);
  expect(hold).toMatchObject({ count: 12, maxMs: 200, p50Ms: expect.closeTo(10 * 2 ** (1 / 6), 0) });
  expect(hold.p95Ms).toBe(200);
  expect(wait).toMatchObject({ count: 12, p50Ms: expect.closeTo(0, 1), maxMs: 50 });
  expect(utilisation).toBe(0);
  expect(sites.map(({ site, hold: { count, maxMs } }) => [site.function, count, maxMs])).toEqual([
    ['rest', 1, 200], ['work', 9, 10], [undefined, 1, 50], [undefined, 1, 0],
  ]);
});

describe('advice', () => {
  test('sizes the pool by the rate times the time held, and half as much again', async () => {
    await using orders = openPg(server, { max: 1 });
    for (let round = 0; round < 10; round += 1) await work(orders, 100);
    expect(advice(orders.pool)).toMatchObject({ max: 1, ratePerSecond: 10, holdMs: 100, inUse: 1, suggestedMax: 2, first: 'undersized' });
    expect(advice(orders.pool).sentence).toBe('Raise the pool from 1 to 2 connections.');
  });

  test('names the site that holds longest before a larger pool', async () => {
    await using orders = openPg(server, { max: 1 });
    for (let round = 0; round < 5; round += 1) await work(orders, 20);
    await rest(orders, 900);
    expect(advice(orders.pool)).toMatchObject({ first: 'long-hold', site: { function: 'rest' } });
  });

  test('names the leak before anything else', async () => {
    await using orders = openPg(server, { max: 2 });
    const client = await scope('job', () => orders.pool.connect());
    await new Promise((resolve) => setImmediate(resolve));
    orders.clock.pass(2000);
    expect(advice(orders.pool)).toMatchObject({ first: 'leak', site: { file: import.meta.filename } });
    client.release();
    expect(advice(orders.pool).first).not.toBe('leak');
  });

  test('says when there is nothing to do', async () => {
    await using orders = openPg(server, { max: 2 });
    await work(orders, 10);
    orders.clock.pass(1000);
    expect(advice(orders.pool)).toMatchObject({ first: 'nothing', suggestedMax: 1 });
  });
});
