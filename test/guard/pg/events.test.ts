import { channel, subscribe as listen, unsubscribe as unlisten } from 'node:diagnostics_channel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventTypes, scope, stats, subscribe, type LifeguardEvent } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg } from './open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe('an event', () => {
  test('is plain data with the pool, the lease, the line and the times', async () => {
    await using orders = openPg(server, { max: 1 });
    await scope('GET /orders', async () => {
      const client = await orders.pool.connect();
      await client.query('select $1::text', ['a-secret']);
      orders.clock.pass(40);
      client.release();
    });
    const returned = orders.events.find(({ type }) => type === 'returned');
    expect(JSON.parse(JSON.stringify(returned))).toEqual(returned);
    expect(returned).toEqual({
      type: 'returned',
      pool: 'orders',
      atMs: expect.any(Number),
      lease: expect.any(Number),
      site: { file: import.meta.filename, line: expect.any(Number), column: expect.any(Number) },
      scope: 'GET /orders',
      waitedMs: 0,
      heldMs: 40,
      lastQuery: 'select $1::text',
    });
    const text = JSON.stringify(orders.events);
    for (const secret of ['a-secret', server.password]) expect(text).not.toContain(secret);
  });

  test('is published on the channel of its type', async () => {
    await using orders = openPg(server);
    const heard: unknown[] = [];
    const hear = (message: unknown): void => void heard.push(message);
    listen('lifeguard:acquired', hear);
    (await orders.pool.connect()).release();
    unlisten('lifeguard:acquired', hear);
    (await orders.pool.connect()).release();
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ type: 'acquired', pool: 'orders' });
  });
});

test('a subscriber that throws harms neither the holder nor the other subscribers, and is told of', async () => {
  const heard: LifeguardEvent[] = [];
  const stopThrowing = subscribe(() => {
    throw new Error('a broken sink');
  });
  const stop = subscribe((event) => heard.push(event));
  await using orders = openPg(server);
  (await orders.pool.connect()).release();
  stopThrowing();
  stop();
  const types = heard.map(({ type }) => type).filter((type) => type !== 'destroyed');
  expect(types.filter((type) => type !== 'guard-error')).toEqual(['created', 'acquired', 'returned']);
  expect(types.filter((type) => type === 'guard-error').length).toBeGreaterThanOrEqual(3);
  expect(heard).toContainEqual(expect.objectContaining({ type: 'guard-error', message: 'a broken sink', during: 'subscriber of acquired' }));
  expect(stats(orders.pool)).toMatchObject({ active: 0, idle: 1 });
});

test('nothing is listened to after the end of a subscription', () => {
  const stop = subscribe(() => undefined);
  expect(eventTypes.every((type) => channel(`lifeguard:${type}`).hasSubscribers)).toBe(true);
  stop();
  expect(eventTypes.some((type) => channel(`lifeguard:${type}`).hasSubscribers)).toBe(false);
});
