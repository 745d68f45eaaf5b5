import genericPool from 'generic-pool';
import pg from 'pg';
import { Pool as TarnPool, TimeoutError } from 'tarn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guard, scope, stats, type ExhaustedError, type Exhaustion } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { FakeClock } from '../clock.ts';
import { openPg } from '../pg/open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** What a promise was rejected with. */
async function failureOf(promise: Promise<unknown>): Promise<ExhaustedError> {
  const error: unknown = await promise.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof Error) || !('lifeguard' in error)) throw new Error('It was not told who holds the connections.', { cause: error });
  return error as ExhaustedError;
}

function load({ pool }: { readonly pool: { connect(): Promise<pg.PoolClient> } }): Promise<pg.PoolClient> {
  return scope('POST /orders', () => pool.connect());
}

describe('a wait that takes too long', () => {
  test('fails in a pool that waits for ever, and tells who holds the connections', async () => {
    await using orders = openPg(server, { max: 2 }, { acquireTimeoutMs: 400 });
    const clients = [await load(orders), await load(orders)];
    await clients[0]?.query("begin; select 'secret' as word");
    await clients[1]?.query('select $1::int as one', [1]);
    orders.clock.pass(600);
    const waiting = failureOf(orders.pool.connect());
    orders.clock.pass(399);
    expect(stats(orders.pool)).toMatchObject({ timeouts: 0, waiting: 1 });
    orders.clock.pass(1);
    const error = await waiting;
    expect(error).toMatchObject({ name: 'LifeguardError', code: 'LIFEGUARD_ACQUIRE_TIMEOUT' });
    expect(error.lifeguard).toMatchObject({
      limit: 2,
      active: 2,
      idle: 0,
      waiting: 1,
      waitedMs: 400,
      cause: 'leak',
      holders: [
        { count: 1, ageMs: 1000, doing: 'idle in transaction', scope: 'POST /orders', site: { file: import.meta.filename } },
        { count: 1, ageMs: 1000, doing: 'idle', lastQuery: 'select $1::int as one', site: { file: import.meta.filename } },
      ],
    } satisfies { [K in keyof Exhaustion]?: unknown });
    expect(error.message).toContain('No connection of "orders" came free within 400 ms: 2 of 2 lent, 0 idle, 1 waiting.');
    expect(error.message).toContain(`1 from ${import.meta.filename}:`);
    expect(error.message).toContain('Looks like: leak.');
    expect(error.message).not.toContain('secret');
    expect(stats(orders.pool)).toMatchObject({ timeouts: 1, refused: 1 });
    for (const client of clients) client.release();
  });

  test('gives back the connection that comes after', async () => {
    await using orders = openPg(server, { max: 1 }, { acquireTimeoutMs: 100 });
    const client = await orders.pool.connect();
    const waiting = failureOf(orders.pool.connect());
    orders.clock.pass(100);
    await waiting;
    client.release();
    const next = await orders.pool.connect();
    expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    next.release();
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, waiting: 0, active: 0 });
  });

  test('fails the callback of a caller who gave one, and the query of the pool itself', async () => {
    await using orders = openPg(server, { max: 1 }, { acquireTimeoutMs: 100 });
    const client = await orders.pool.connect();
    const called = new Promise<unknown>((resolve) => orders.pool.connect((error) => resolve(error)));
    const queried = failureOf(orders.pool.query('select 1'));
    orders.clock.pass(100);
    expect(await called).toMatchObject({ code: 'LIFEGUARD_ACQUIRE_TIMEOUT' });
    expect(await queried).toMatchObject({ code: 'LIFEGUARD_ACQUIRE_TIMEOUT' });
    client.release();
  });

  test('is not charged with the time in which the process stood still, once', async () => {
    await using orders = openPg(server, { max: 1 }, { acquireTimeoutMs: 1000 });
    const client = await orders.pool.connect();
    const waiting = orders.pool.connect();
    orders.clock.freeze(60_000);
    orders.clock.pass(1);
    client.release();
    (await waiting).release();
    expect(stats(orders.pool)).toMatchObject({ timeouts: 0 });
  });
});

describe('the error of the driver', () => {
  test('keeps its words in pg, before what is added', async () => {
    await using orders = openPg(server, { max: 1 });
    const client = await load(orders);
    orders.pool.options.connectionTimeoutMillis = 50;
    const error = await failureOf(orders.pool.connect());
    expect(error.constructor).toBe(Error);
    expect(error.message).toMatch(/^timeout exceeded when trying to connect – 1 of 1 lent, 0 idle, 1 waiting\./u);
    expect(error.stack).toContain(error.message);
    expect(error.lifeguard).toMatchObject({ limit: 1, active: 1, holders: [{ count: 1, scope: 'POST /orders' }] });
    expect(Object.keys(error)).toEqual([]);
    expect(stats(orders.pool)).toMatchObject({ timeouts: 1, refused: 1 });
    client.release();
  });

  test('keeps its class in tarn', async () => {
    const pool = guard(new TarnPool({ create: () => ({}), destroy: () => undefined, min: 0, max: 1, acquireTimeoutMillis: 50 }), { clock: new FakeClock() });
    const held = await pool.acquire().promise;
    const error = await failureOf(pool.acquire().promise);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.lifeguard).toMatchObject({ active: 1, waiting: 1, cause: 'leak' });
    pool.release(held);
    await pool.destroy();
  });

  test('keeps its class in generic-pool', async () => {
    const factory = { create: () => Promise.resolve({}), destroy: () => Promise.resolve() };
    const pool = guard(genericPool.createPool(factory, { max: 1, acquireTimeoutMillis: 50 }), { clock: new FakeClock() });
    const held = await pool.acquire();
    const error = await failureOf(pool.acquire());
    expect(error.name).toBe('TimeoutError');
    expect(error.message).toMatch(/^ResourceRequest timed out – /u);
    expect(error.lifeguard).toMatchObject({ active: 1, limit: 1 });
    await pool.release(held);
    await pool.drain();
    await pool.clear();
  });

  test('is left alone where it does not speak of time', async () => {
    const pool = guard(new pg.Pool({ host: '127.0.0.1', port: 1 }), { clock: new FakeClock() });
    const error: unknown = await pool.connect().then(() => undefined, (reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(error).not.toHaveProperty('lifeguard');
    expect(stats(pool)).toMatchObject({ timeouts: 0, refused: 1 });
    await pool.end();
  });
});
