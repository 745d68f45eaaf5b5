import pg from 'pg';
import { Pool } from 'tarn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holders, stats, unguard } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { startProxy } from '../../servers/proxy.ts';
import { uncaughtDuring, watched } from '../watched.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const stale = { code: 'LIFEGUARD_STALE_HANDLE' };

function pgPool(options: { max?: number; acquireTimeoutMillis?: number } = {}, config: pg.ClientConfig = {}): Pool<pg.Client> {
  const create = async (): Promise<pg.Client> => {
    const client = new pg.Client({ ...server.config, ...config });
    await client.connect();
    return client;
  };
  return new Pool<pg.Client>({ create, destroy: (client) => client.end(), min: 0, max: 1, ...options });
}

describe('a checkout', () => {
  test('lends a resource through the pool\'s own pending object, and names the line of its holder', async () => {
    const { pool, events } = watched(pgPool());
    const pending = pool.acquire();
    expect(pending.isRejected).toBe(false);
    const client = await pending.promise;
    expect(client).toBeInstanceOf(pg.Client);
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(holders(pool)).toMatchObject([{ state: 'held', site: { file: import.meta.filename }, lastQuery: 'select ? as one' }]);
    expect(stats(pool)).toMatchObject({ active: 1, idle: 0, total: 1, max: 1, waiting: 0, acquired: 1 });
    expect(pool.release(client)).toBe(true);
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, total: 1, returned: 1 });
    expect(events.map(({ type }) => type)).toEqual(['created', 'acquired', 'returned']);
    await pool.destroy();
    expect(stats(pool)).toMatchObject({ connectionsCreated: 1, connectionsDestroyed: 1 });
  });

  test('is over at its release: a second one answers false, also while others wait, who each get a resource of their own', async () => {
    const { pool, alarms } = watched(pgPool());
    const first = await pool.acquire().promise;
    const waiting = [pool.acquire().promise, pool.acquire().promise];
    expect([pool.release(first), pool.release(first)]).toEqual([true, false]);
    const second = await waiting[0];
    expect(stats(pool)).toMatchObject({ active: 1, waiting: 1 });
    expect(pool.release(first)).toBe(false);
    if (second !== undefined) expect(pool.release(second)).toBe(true);
    const third = await waiting[1];
    if (third !== undefined) expect(pool.release(third)).toBe(true);
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, returned: 3 });
    expect(alarms()).toEqual(['stale-handle', 'stale-handle']);
    await pool.destroy();
  });

  test('fails after its release in the form in which the method has answered', async () => {
    const { pool } = watched(pgPool());
    const client = await pool.acquire().promise;
    await client.query('select 1');
    pool.release(client);
    await expect(client.query('select 1')).rejects.toMatchObject(stale);
    expect(() => client.escapeLiteral('a')).toThrow(expect.objectContaining(stale));
    await pool.destroy();
  });

  test('that is aborted, or waits too long, is refused with the pool\'s own error', async () => {
    const { pool } = watched(pgPool({ acquireTimeoutMillis: 1500 }));
    const client = await pool.acquire().promise;
    const pending = pool.acquire();
    pending.abort();
    await expect(pending.promise).rejects.toThrow('aborted');
    await expect(pool.acquire().promise).rejects.toThrow('operation timed out for an unknown reason');
    expect(stats(pool)).toMatchObject({ refused: 2, waiting: 0, active: 1 });
    pool.release(client);
    await pool.destroy();
  });

  test('ends at the end of the block with `using` and `await using`', async () => {
    const { pool } = watched(pgPool({ max: 2 }));
    {
      using client = await pool.acquire().promise;
      await client.query('select 1');
      await using other = await pool.acquire().promise;
      pool.release(other);
    }
    expect(stats(pool)).toMatchObject({ active: 0, idle: 2, staleHandles: 0 });
    await pool.destroy();
  });
});

test('a pool that is guarded no more is as it was', async () => {
  const bare = pgPool();
  const own = Reflect.ownKeys(bare);
  const { pool, clock } = watched(bare);
  const lent = await pool.acquire().promise;
  const waiting = pool.acquire().promise;
  unguard(pool);
  expect(clock.timers).toBe(0);
  expect(bare.release(lent)).toBe(true);
  expect(Reflect.ownKeys(bare)).toEqual(own);
  const late = await waiting;
  expect(bare.release(lent)).toBe(false);
  expect(bare.release(late)).toBe(true);
  await bare.destroy();
});

test('a leaked resource that is taken back makes room for the waiter at once, whatever its peer does, and the process lives', async () => {
  await using proxy = await startProxy(server);
  for (const mode of ['pass', 'stall', 'reset'] as const) {
    const orders = watched(pgPool({}, { host: proxy.host, port: proxy.port }), { idleLimitMs: 1000, reclaim: 'destroy' });
    expect(await uncaughtDuring(async () => {
      const zombie = await orders.pool.acquire().promise;
      await zombie.query('select 1');
      const waiting = orders.pool.acquire().promise;
      if (mode === 'stall') proxy.links.at(-1)?.set(mode);
      orders.clock.pass(2250);
      if (mode === 'reset') proxy.links.at(-1)?.set(mode);
      const next = await waiting;
      expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      expect(Reflect.get(next, 'processID')).not.toBe(Reflect.get(zombie, 'processID'));
      orders.pool.release(zombie);
      await expect(zombie.query('select 1')).rejects.toMatchObject(stale);
      orders.pool.release(next);
      expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0, reclaims: 1, returned: 1 });
      await orders.pool.destroy();
    })).toEqual([]);
  }
});
