import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { guard, holders, LifeguardError, stats, subscribe, unguard, type Guarded, type LifeguardEvent } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';

let server: PostgresServer;
let pool: Guarded<pg.Pool>;
const events: LifeguardEvent[] = [];
let unsubscribe: () => void;

beforeAll(async () => {
  server = await startPostgres();
  unsubscribe = subscribe((event) => events.push(event));
});
afterAll(async () => {
  unsubscribe();
  await server.stop();
});

function open(config: pg.PoolConfig = {}, options: Parameters<typeof guard>[1] = {}): void {
  pool = guard(new pg.Pool({ ...server.config, max: 2, ...config }), { name: 'orders', ...options });
  events.length = 0;
}
afterEach(() => pool.end());

function types(): readonly string[] {
  return events.map(({ type }) => type);
}

describe('a checkout in promise form', () => {
  test('lends a client that is an instance of the driver\'s class and answers queries', async () => {
    open();
    const client = await pool.connect();
    expect(client).toBeInstanceOf(pg.Client);
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    client.release();
    expect(types()).toEqual(['created', 'acquired', 'returned']);
    expect(events[1]).toMatchObject({ pool: 'orders', site: { file: import.meta.filename } });
  });

  test('is seen by its holder\'s line while it is open, and no longer', async () => {
    open();
    const client = await pool.connect();
    await client.query('select $1::text', ['a-secret']);
    expect(holders(pool)).toMatchObject([{ state: 'held', doing: 'idle', site: { file: import.meta.filename }, lastQuery: 'select $1::text' }]);
    expect(stats(pool)).toMatchObject({ active: 1, idle: 0, total: 1, max: 2, acquired: 1, returned: 0 });
    client.release();
    expect(holders(pool)).toEqual([]);
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, total: 1, acquired: 1, returned: 1 });
    expect(JSON.stringify(events)).not.toContain('a-secret');
  });

  test('gives the driver\'s own error on the second release, also when the connection has a new owner', async () => {
    open({ max: 1 });
    const first = await pool.connect();
    first.release();
    const second = await pool.connect();
    expect(() => first.release()).toThrow('Release called on client which has already been released to the pool.');
    expect((await second.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
    expect(stats(pool).active).toBe(1);
    second.release();
    expect(types().filter((type) => type === 'stale-handle')).toHaveLength(1);
  });

  test('rejects a query after the release, and says where it was acquired and released', async () => {
    open({ max: 1 });
    const first = await pool.connect();
    first.release();
    const second = await pool.connect();
    const failed = first.query('select 1');
    expect(failed).toBeInstanceOf(Promise);
    const error: unknown = await failed.catch((reason: unknown) => reason);
    second.release();
    expect(error).toBeInstanceOf(LifeguardError);
    expect(error).toMatchObject({ code: 'LIFEGUARD_STALE_HANDLE' });
    const [acquired, released] = String(error).match(/checkout\.test\.ts:\d+/gu) ?? [];
    expect(acquired).toBeDefined();
    expect(Number(released?.split(':')[1])).toBe(Number(acquired?.split(':')[1]) + 1);
    expect(String(error)).toContain('now belongs to another');
  });

  test('passes the error with which the pool refuses', async () => {
    open({ max: 1, connectionTimeoutMillis: 1000 });
    const client = await pool.connect();
    await expect(pool.connect()).rejects.toThrow('timeout exceeded when trying to connect');
    client.release();
    expect(stats(pool)).toMatchObject({ acquired: 1, refused: 1, waiting: 0 });
  });

  test('ends at the end of the block with `await using`', async () => {
    open();
    {
      await using client = await pool.connect();
      await client.query('select 1');
      expect(stats(pool).active).toBe(1);
    }
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1 });
  });
});

describe('a checkout in callback form', () => {
  test('lends a client and a function that are of this checkout', async () => {
    open();
    await new Promise<void>((resolve, reject) => {
      pool.connect((error, client, done) => {
        if (client === undefined) return reject(error ?? new Error('nothing came'));
        expect(client).toBeInstanceOf(pg.Client);
        expect(client.release).toBe(done);
        client.query('select 3 as three', (_failure, result) => {
          done();
          expect(result.rows).toEqual([{ three: 3 }]);
          expect(() => done()).toThrow('already been released');
          client.query('select 4', (stale: unknown) => {
            expect(stale).toMatchObject({ code: 'LIFEGUARD_STALE_HANDLE' });
            resolve();
          });
        });
      });
    });
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, acquired: 1, returned: 1 });
  });
});

test('a query of the pool is counted, and nobody is named for it', async () => {
  open();
  const { rows } = await pool.query('select 5 as five');
  expect(rows).toEqual([{ five: 5 }]);
  expect(stats(pool)).toMatchObject({ acquired: 0, internal: 1, returned: 1, active: 0, idle: 1 });
  expect(types().filter((type) => type !== 'created' && type !== 'destroyed')).toEqual([]);
});

test('a pool that is guarded no more is as it was', async () => {
  const bare = new pg.Pool({ ...server.config, max: 1 });
  const [keys, own] = [Object.keys(bare), Reflect.ownKeys(bare)];
  pool = guard(bare, { name: 'orders' });
  expect(pool).toBe(bare);
  expect(Object.keys(bare)).toEqual(keys);
  const lent = await pool.connect();
  const waiting = pool.connect();
  unguard(pool);
  expect(Reflect.ownKeys(bare)).toEqual(own);
  lent.release();
  const late = await waiting;
  expect(await lent.query('select 1').catch((error: unknown) => error)).toMatchObject({ code: 'LIFEGUARD_STALE_HANDLE' });
  late.release();
  expect(bare.idleCount).toBe(1);
});
