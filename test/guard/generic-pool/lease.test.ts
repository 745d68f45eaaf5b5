import { createPool, type Options, type Pool } from 'generic-pool';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holders, stats, unguard } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { startProxy } from '../../servers/proxy.ts';
import { uncaughtDuring, watched, type Watched } from '../watched.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const stale = { code: 'LIFEGUARD_STALE_HANDLE' };

function pgPool(options: Options = {}, config: pg.ClientConfig = {}): Pool<pg.Client> {
  const create = async (): Promise<pg.Client> => {
    const client = new pg.Client({ ...server.config, ...config });
    await client.connect();
    return client;
  };
  return createPool({ create, destroy: (client) => client.end() }, { max: 1, ...options });
}

async function end<T>(pool: Pool<T>): Promise<void> {
  await pool.drain();
  await pool.clear();
}

describe('a checkout', () => {
  test('lends a resource that answers, and names the line of its holder', async () => {
    const { pool, events } = watched(pgPool());
    const client = await pool.acquire();
    expect(client).toBeInstanceOf(pg.Client);
    expect((await client.query('select $1::text as one', ['a-secret'])).rows).toEqual([{ one: 'a-secret' }]);
    expect(holders(pool)).toMatchObject([{ state: 'held', site: { file: import.meta.filename }, lastQuery: 'select $1::text as one' }]);
    expect(stats(pool)).toMatchObject({ active: 1, idle: 0, total: 1, max: 1, waiting: 0, acquired: 1 });
    await pool.release(client);
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, total: 1, returned: 1 });
    expect(events.map(({ type }) => type)).toEqual(['created', 'acquired', 'returned']);
    expect(JSON.stringify(events)).not.toContain('a-secret');
    await end(pool);
    expect(stats(pool)).toMatchObject({ connectionsCreated: 1, connectionsDestroyed: 1, total: 0 });
  });

  test('is over at its release: a second one rejects as the driver\'s does, whoever has the resource by then', async () => {
    const { pool, alarms } = watched(pgPool());
    const first = await pool.acquire();
    expect(pool.isBorrowedResource(first)).toBe(true);
    await pool.release(first);
    await expect(pool.release(first)).rejects.toThrow('Resource not currently part of this pool');
    const second = await pool.acquire();
    await expect(pool.release(first)).rejects.toThrow('Resource not currently part of this pool');
    await expect(pool.destroy(first)).rejects.toThrow('Resource not currently part of this pool');
    expect([pool.isBorrowedResource(first), pool.isBorrowedResource(second)]).toEqual([false, true]);
    expect(stats(pool)).toMatchObject({ active: 1, idle: 0 });
    await pool.release(second);
    expect(alarms()).toEqual(['stale-handle', 'stale-handle', 'stale-handle']);
    await end(pool);
  });

  test('fails after its release in the form in which the method has answered', async () => {
    const { pool } = watched(pgPool());
    const client = await pool.acquire();
    await client.query('select 1');
    await pool.release(client);
    await expect(client.query('select 1')).rejects.toMatchObject(stale);
    const answered = new Promise((resolve) => client.query('select 1', (error: Error) => resolve(error)));
    expect(await answered).toMatchObject(stale);
    expect(() => client.escapeLiteral('a')).toThrow(expect.objectContaining(stale));
    expect(client.listenerCount('error')).toBe(1);
    await end(pool);
  });

  test('is closed by `destroy`, and the waiter gets another', async () => {
    const { pool } = watched(pgPool());
    const client = await pool.acquire();
    const waiting = pool.acquire();
    await pool.destroy(client);
    await pool.release(await waiting);
    expect(stats(pool)).toMatchObject({ destroyed: 1, returned: 1, total: 1, idle: 1 });
    await end(pool);
  });

  test('ends at the end of the block with `await using`, also after a release by hand', async () => {
    const { pool } = watched(pgPool({ max: 2 }));
    {
      await using client = await pool.acquire();
      await client.query('select 1');
      await using other = await pool.acquire(0);
      await pool.release(other);
    }
    expect(stats(pool)).toMatchObject({ active: 0, idle: 2, staleHandles: 0 });
    await end(pool);
  });
});

test('what `use` acquires is its own', async () => {
  const { pool, events } = watched(pgPool());
  expect(await pool.use(async (client) => (await client.query('select 1 as one')).rows)).toEqual([{ one: 1 }]);
  await expect(pool.use(() => Promise.reject(new Error('of the user')))).rejects.toThrow('of the user');
  expect(stats(pool)).toMatchObject({ acquired: 0, internal: 2, active: 0, total: 0 });
  expect(events.map(({ type }) => type)).toEqual(['created', 'destroyed']);
  await end(pool);
});

test('primitives, functions and what is frozen or sealed are lent as they are', async () => {
  const action = (): string => 'a result';
  for (const resource of ['a word', 7, Symbol('a mark'), action, Object.freeze({ a: 1 }), Object.seal({ a: 1 })]) {
    const { pool } = watched(createPool<unknown>({ create: () => Promise.resolve(resource), destroy: () => Promise.resolve() }));
    const lent = await pool.acquire();
    expect(lent).toBe(resource);
    expect(pool.isBorrowedResource(lent)).toBe(true);
    await pool.release(lent);
    await expect(pool.release(lent)).rejects.toThrow('Resource not currently part of this pool');
    expect(stats(pool)).toMatchObject({ acquired: 1, returned: 1, active: 0, idle: 1 });
    await pool.destroy(await pool.acquire());
    expect(stats(pool)).toMatchObject({ acquired: 2, destroyed: 1, total: 0 });
    await end(pool);
  }
});

test('a pool that is guarded no more is as it was', async () => {
  const bare = pgPool();
  const own = Reflect.ownKeys(bare);
  const members: unknown = Reflect.get(bare, '_allObjects');
  const { pool, clock } = watched(bare);
  const lent = await pool.acquire();
  const waiting = pool.acquire();
  unguard(pool);
  expect(Reflect.ownKeys(Object(members) as object)).toEqual([]);
  expect(clock.timers).toBe(0);
  expect(bare.isBorrowedResource(lent)).toBe(true);
  await bare.release(lent);
  expect(Reflect.ownKeys(bare)).toEqual(own);
  const late = await waiting;
  await expect(bare.release(lent)).rejects.toThrow('Resource not currently part of this pool');
  expect((await late.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await bare.release(late);
  expect(bare.borrowed).toBe(0);
  await end(bare);
});

describe('a leaked resource that is taken back', () => {
  const options = { idleLimitMs: 1000, reclaim: 'destroy' } as const;

  test('makes room for the waiter at once, also when its peer answers nothing or resets, and the process lives', async () => {
    await using proxy = await startProxy(server);
    for (const mode of ['pass', 'stall', 'reset'] as const) {
      const orders: Watched<Pool<pg.Client>> = watched(pgPool({}, { host: proxy.host, port: proxy.port }), options);
      expect(await uncaughtDuring(async () => {
        const zombie = await orders.pool.acquire();
        await zombie.query('select 1');
        const waiting = orders.pool.acquire();
        if (mode === 'stall') proxy.links.at(-1)?.set(mode);
        orders.clock.pass(2250);
        if (mode === 'reset') proxy.links.at(-1)?.set(mode);
        const next = await waiting;
        expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
        await orders.pool.release(zombie);
        await expect(orders.pool.release(zombie)).rejects.toThrow('not currently part');
        await expect(zombie.query('select 1')).rejects.toMatchObject(stale);
        await orders.pool.release(next);
        expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0, reclaims: 1, returned: 1 });
        await end(orders.pool);
      })).toEqual([]);
    }
  });

  test('is left alone while a query runs, in whatever form it was asked', async () => {
    const orders = watched(pgPool(), options);
    const client = await orders.pool.acquire();
    const promised = client.query('select pg_sleep(0.05)');
    orders.clock.pass(5000);
    await promised;
    const called = new Promise((resolve) => client.query('select pg_sleep(0.05)', resolve));
    orders.clock.pass(5000);
    await called;
    expect(orders.alarms()).toEqual([]);
    await orders.pool.release(client);
    await end(orders.pool);
  });
});

test('a connection that the server closes while it is held ends nothing, and is told of', async () => {
  const orders = watched(pgPool({ max: 2 }));
  expect(await uncaughtDuring(async () => {
    const held = await orders.pool.acquire();
    const other = await orders.pool.acquire();
    await other.query('select pg_terminate_backend($1)', [Reflect.get(held, 'processID')]);
    await orders.until('connection-lost');
    await expect(held.query('select 1')).rejects.toThrow('not queryable');
    await orders.pool.destroy(held);
    await orders.pool.release(other);
    await end(orders.pool);
  })).toEqual([]);
});
