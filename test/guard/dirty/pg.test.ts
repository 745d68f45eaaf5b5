import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
// @ts-expect-error -- it has no types
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { stats, unguard } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { startProxy } from '../../servers/proxy.ts';
import { openPg, type Opened } from '../pg/open.ts';
import { watched } from '../watched.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function serverId(orders: Opened): Promise<number> {
  const { rows } = await orders.pool.query<{ id: number }>('select pg_backend_pid() as id');
  return rows[0]?.id ?? 0;
}

/** What the next owner of the only connection finds. */
async function statusOfNext(orders: Opened): Promise<unknown> {
  const next = await orders.pool.connect();
  const status = next.getTransactionStatus();
  next.release();
  return status;
}

function dirtyReturns(orders: Opened): readonly unknown[] {
  return orders.events.filter(({ type }) => type === 'dirty-return');
}

describe('a connection that comes back inside a transaction', () => {
  test('is rolled back, and reported with where it was acquired and released', async () => {
    await using orders = openPg(server, { max: 1 });
    await orders.pool.query('create table kept (n int)');
    const client = await orders.pool.connect();
    const id = client.getTransactionStatus();
    await client.query('begin');
    await client.query('insert into kept values (1)');
    client.release();
    expect(id).toBe('I');
    expect(await statusOfNext(orders)).toBe('I');
    expect((await orders.pool.query('select * from kept')).rows).toEqual([]);
    const here = { file: import.meta.filename };
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'transaction', action: 'rolled-back', site: here, at: here }]);
    expect(stats(orders.pool)).toMatchObject({ dirtyReturns: 1, total: 1, idle: 1, active: 0 });
  });

  test('is rolled back after the transaction failed too, on the same connection', async () => {
    await using orders = openPg(server, { max: 1 });
    const before = await serverId(orders);
    const client = await orders.pool.connect();
    await client.query('begin');
    await expect(client.query('select nonsense')).rejects.toThrow('nonsense');
    client.release();
    expect(await serverId(orders)).toBe(before);
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'failed-transaction', action: 'rolled-back' }]);
  });

  test('is destroyed where that is asked for', async () => {
    await using orders = openPg(server, { max: 1 }, { dirtyReturn: 'destroy' });
    const before = await serverId(orders);
    const client = await orders.pool.connect();
    await client.query('begin');
    client.release();
    expect(await serverId(orders)).not.toBe(before);
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'transaction', action: 'destroyed' }]);
  });

  test('is left alone where only a warning is asked for', async () => {
    await using orders = openPg(server, { max: 1 }, { dirtyReturn: 'warn' });
    const client = await orders.pool.connect();
    await client.query('begin');
    client.release();
    expect(orders.pool.idleCount).toBe(1);
    expect(await statusOfNext(orders)).toBe('T');
    expect(dirtyReturns(orders)).toMatchObject([{ action: 'warned' }, { action: 'warned' }]);
  });

  test('is destroyed when the rollback gets no answer, and the waiter is served', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port });
    const client = await orders.pool.connect();
    await client.query('begin');
    for (const link of proxy.links) link.set('stall');
    client.release();
    const waiting = orders.pool.connect();
    orders.clock.pass(5000);
    (await waiting).release();
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'transaction', action: 'destroyed' }]);
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0 });
  });

  test('of `pool.query` is rolled back as well', async () => {
    await using orders = openPg(server, { max: 1 });
    await orders.pool.query('begin');
    expect(await statusOfNext(orders)).toBe('I');
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'transaction', action: 'rolled-back' }]);
  });

  test('that `await using` gives back after an exception commits nothing', async () => {
    await using orders = openPg(server, { max: 1 });
    await orders.pool.query('create table uncommitted (n int)');
    const work = async (): Promise<void> => {
      await using client = await orders.pool.connect();
      await client.query('begin');
      await client.query('insert into uncommitted values (1)');
      throw new Error('the work failed');
    };
    await expect(work()).rejects.toThrow('the work failed');
    expect((await orders.pool.query('select * from uncommitted')).rows).toEqual([]);
  });
});

describe('a connection that comes back clean', () => {
  test('is the pool\'s again at once, after an answer and after an error', async () => {
    await using orders = openPg(server, { max: 1 });
    const client = await orders.pool.connect();
    await client.query('begin');
    await client.query('commit');
    await client.query('select nonsense').catch(() => undefined);
    client.release();
    await (await orders.pool.connect()).query('select 1').finally(() => undefined);
    expect(dirtyReturns(orders)).toEqual([]);
  });

  test('is the pool\'s again at once inside the callback that lends a new one', async () => {
    await using orders = openPg(server, { max: 1 });
    await new Promise<void>((resolve) => {
      orders.pool.connect((_error, _client, done) => {
        done();
        expect(orders.pool.idleCount).toBe(1);
        resolve();
      });
    });
    expect(dirtyReturns(orders)).toEqual([]);
  });
});

describe('a connection that comes back while statements are queued or running', () => {
  test('commits what was sent before the release, and is handed back after', async () => {
    await using orders = openPg(server, { max: 1 });
    await orders.pool.query('create table committed (n int)');
    const client = await orders.pool.connect();
    await client.query('begin');
    await client.query('insert into committed values (1)');
    const committed = client.query('COMMIT');
    client.release();
    await committed;
    expect((await orders.pool.query('select n from committed')).rows).toEqual([{ n: 1 }]);
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'busy', action: 'drained' }]);
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0 });
  });

  test('cannot be released again meanwhile, as without the guard, and goes to the pool once', async () => {
    await using orders = openPg(server, { max: 1 });
    const client = await orders.pool.connect();
    const slow = client.query('select pg_sleep(0.2)');
    client.release();
    expect(() => client.release()).toThrow(/^Release called on client which has already been released to the pool\.$/u);
    await slow;
    expect(await statusOfNext(orders)).toBe('I');
    expect(stats(orders.pool)).toMatchObject({ staleHandles: 1, total: 1, active: 0 });
  });

  test('is rolled back where what ran last leaves a transaction open', async () => {
    await using orders = openPg(server, { max: 1 });
    const client = await orders.pool.connect();
    void client.query('begin');
    client.release();
    expect(await statusOfNext(orders)).toBe('I');
    expect(dirtyReturns(orders)).toMatchObject([
      { found: 'busy', action: 'drained' },
      { found: 'transaction', action: 'rolled-back' },
    ]);
  });

  test('is destroyed when they take longer than `drainMs`, and the waiter is served', async () => {
    await using orders = openPg(server, { max: 1 }, { drainMs: 200 });
    const client = await orders.pool.connect();
    const cut = client.query('select pg_sleep(60)').catch((error: unknown) => error);
    client.release();
    const waiting = orders.pool.connect();
    orders.clock.pass(200);
    (await waiting).release();
    expect(await cut).toBeInstanceOf(Error);
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'busy', action: 'destroyed' }]);
  });
});

test('a connection that is held back when the guard is taken away goes to the pool, and no timer stays', async () => {
  const { pool, clock } = watched(new pg.Pool({ ...server.config, max: 1 }));
  const client = await pool.connect();
  const running = client.query('select pg_sleep(0.2)');
  client.release();
  expect(clock.timers).toBeGreaterThan(0);
  unguard(pool);
  expect(clock.timers).toBe(0);
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await running;
  await pool.end();
});

describe('a connection that comes back with something open', () => {
  test('is destroyed when that is a cursor, and the next owner does not hang', async () => {
    await using orders = openPg(server, { max: 1 });
    const client = await orders.pool.connect();
    const cursor = client.query(new Cursor('select * from generate_series(1, 1000)'));
    await cursor.read(10);
    client.release();
    expect(await statusOfNext(orders)).toBe('I');
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'open-cursor', action: 'destroyed' }]);
  });

  test('is the same one when the cursor was closed', async () => {
    await using orders = openPg(server, { max: 1 });
    const before = await serverId(orders);
    const client = await orders.pool.connect();
    const cursor = client.query(new Cursor('select * from generate_series(1, 1000)'));
    await cursor.read(10);
    await cursor.close();
    client.release();
    expect(await serverId(orders)).toBe(before);
    expect(dirtyReturns(orders)).toEqual([]);
  });

  test('is destroyed when that is a stream', async () => {
    await using orders = openPg(server, { max: 1 });
    const client = await orders.pool.connect();
    const stream = client.query(new QueryStream('select * from generate_series(1, 100000) as n'));
    await new Promise((resolve) => stream.once('data', resolve));
    stream.pause();
    stream.on('error', () => undefined);
    client.release();
    expect(await statusOfNext(orders)).toBe('I');
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'open-cursor', action: 'destroyed' }]);
  });

  test('is the same one when the stream was read to its end or left early', async () => {
    await using orders = openPg(server, { max: 1 });
    const before = await serverId(orders);
    for (const last of [50, 1000]) {
      const client = await orders.pool.connect();
      for await (const { n } of client.query(new QueryStream('select * from generate_series(1, 1000) as n'))) {
        if (n === last && last < 1000) break;
      }
      client.release();
    }
    expect(await serverId(orders)).toBe(before);
    expect(dirtyReturns(orders)).toEqual([]);
  });

  test('is destroyed when that is a query that the driver gave up waiting for', async () => {
    await using orders = openPg(server, { max: 1, query_timeout: 50 });
    const client = await orders.pool.connect();
    await expect(client.query('select pg_sleep(60)')).rejects.toThrow('Query read timeout');
    client.release();
    expect(await statusOfNext(orders)).toBe('I');
    expect(dirtyReturns(orders)).toMatchObject([{ found: 'timed-out-query', action: 'destroyed' }]);
  });
});
