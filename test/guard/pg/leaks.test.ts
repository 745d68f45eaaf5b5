import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hold, holders, scope, stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg } from './open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe('a connection that runs nothing', () => {
  test('is suspected at the limit and leaked at twice the limit, at the line that acquired it', async () => {
    await using orders = openPg(server, {}, { idleLimitMs: 1000 });
    const client = await orders.pool.connect();
    orders.clock.pass(999);
    expect(orders.alarms()).toEqual([]);
    orders.clock.pass(250);
    expect(orders.alarms()).toEqual(['leak-suspected']);
    orders.clock.pass(1000);
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked']);
    expect(orders.events.at(-1)).toMatchObject({ type: 'leaked', evidence: 'idle', site: { file: import.meta.filename }, occurrences: 1 });
    expect(holders(orders.pool)).toMatchObject([{ state: 'leaked' }]);
    client.release();
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked', 'returned-late']);
    expect(stats(orders.pool)).toMatchObject({ suspected: 1, leaks: 1, returnedLate: 1, reclaims: 0, active: 0 });
  });

  test('is not suspected while it comes back to its work in time', async () => {
    await using orders = openPg(server, {}, { idleLimitMs: 1000 });
    const client = await orders.pool.connect();
    for (let round = 0; round < 5; round += 1) {
      orders.clock.pass(900);
      await client.query('select 1');
    }
    client.release();
    expect(orders.alarms()).toEqual([]);
  });

  test('is not suspected while a statement runs, however long that takes', async () => {
    await using orders = openPg(server, {}, { idleLimitMs: 1000, holdLimitMs: 2000 });
    const client = await orders.pool.connect();
    const slow = client.query('select pg_sleep(0.2)');
    orders.clock.pass(60_000);
    expect(orders.alarms()).toEqual([]);
    expect(holders(orders.pool)).toMatchObject([{ doing: 'running SQL', lastQuery: 'select pg_sleep(?)' }]);
    await slow;
    client.release();
    expect(orders.alarms()).toEqual([]);
  });

  test('is not charged with the time in which the process stood still', async () => {
    await using orders = openPg(server, {}, { idleLimitMs: 1000, holdLimitMs: 1000 });
    const client = await orders.pool.connect();
    orders.clock.pass(250);
    orders.clock.freeze(3_600_000);
    orders.clock.pass(400);
    expect(orders.alarms()).toEqual([]);
    orders.clock.pass(250);
    expect(orders.alarms()).toEqual(['leak-suspected']);
    client.release();
  });

  test('is never suspected where it is held on purpose', async () => {
    await using orders = openPg(server, {}, { idleLimitMs: 1000, holdLimitMs: 1000 });
    const client = hold(await orders.pool.connect(), 'LISTEN orders');
    orders.clock.pass(60_000);
    expect(orders.alarms()).toEqual([]);
    expect(holders(orders.pool)).toMatchObject([{ intent: 'LISTEN orders', state: 'held' }]);
    client.release();
  });
});

describe('a connection whose scope has ended', () => {
  test('is suspected after the grace and leaked after a second, under the label of the scope', async () => {
    await using orders = openPg(server);
    const client = await scope('GET /orders', () => orders.pool.connect());
    await new Promise((resolve) => setImmediate(resolve));
    orders.clock.pass(99);
    expect(orders.alarms()).toEqual([]);
    orders.clock.pass(26);
    expect(orders.alarms()).toEqual(['leak-suspected']);
    expect(orders.events.at(-1)).toMatchObject({ evidence: 'scope-ended', scope: 'GET /orders' });
    orders.clock.pass(900);
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked']);
    client.release();
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked', 'returned-late']);
  });

  test('is not suspected when it came back before, or within the grace', async () => {
    await using orders = openPg(server);
    let late: (() => void) | undefined;
    await scope('GET /orders', async () => {
      const client = await orders.pool.connect();
      client.release();
      const other = await orders.pool.connect();
      late = () => other.release();
    });
    orders.clock.pass(50);
    late?.();
    orders.clock.pass(60_000);
    expect(orders.alarms()).toEqual([]);
  });
});

describe('a leaked connection that may be taken back', () => {
  const options = { idleLimitMs: 1000, reclaim: 'destroy' } as const;

  test('is destroyed, and the waiter is served', async () => {
    await using orders = openPg(server, { max: 1 }, options);
    const zombie = await orders.pool.connect();
    const waiting = orders.pool.connect();
    orders.clock.pass(2250);
    const next = await waiting;
    expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked', 'reclaimed']);
    await expect(zombie.query('select 1')).rejects.toMatchObject({ code: 'LIFEGUARD_STALE_HANDLE' });
    expect(stats(orders.pool)).toMatchObject({ total: 1, active: 1, reclaims: 1 });
    next.release();
  });

  test('is released by its old owner without an error, once, and without an effect', async () => {
    await using orders = openPg(server, { max: 1 }, options);
    const zombie = await orders.pool.connect();
    orders.clock.pass(2250);
    const next = await orders.pool.connect();
    expect(zombie.release()).toBeUndefined();
    expect(stats(orders.pool)).toMatchObject({ total: 1, active: 1 });
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked', 'reclaimed', 'stale-handle']);
    expect(() => zombie.release()).toThrow('already been released');
    next.release();
  });

  test('stays with its owner where the callback says no', async () => {
    const asked: unknown[] = [];
    await using orders = openPg(server, {}, {
      idleLimitMs: 1000,
      reclaim: {
        idle: 'destroy',
        allow(candidate) {
          asked.push(candidate);
          return false;
        },
      },
    });
    const client = await orders.pool.connect();
    orders.clock.pass(2250);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked[0]).toMatchObject({ pool: 'orders', evidence: 'idle' });
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked']);
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    client.release();
  });

  test('stays with its owner until somebody waits, where that is asked for', async () => {
    await using orders = openPg(server, { max: 1 }, { idleLimitMs: 1000, reclaim: { idle: 'destroy', onlyWhenExhausted: true } });
    const zombie = await orders.pool.connect();
    orders.clock.pass(5000);
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked']);
    const waiting = orders.pool.connect();
    orders.clock.pass(1000);
    (await waiting).release();
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked', 'reclaimed']);
    zombie.release();
  });
});

test('no timer is left when nothing is open', async () => {
  await using orders = openPg(server);
  const client = await orders.pool.connect();
  expect(orders.clock.timers).toBe(1);
  client.release();
  orders.clock.pass(1000);
  expect(orders.clock.timers).toBe(0);
});
