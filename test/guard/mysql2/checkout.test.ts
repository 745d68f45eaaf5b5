import { promisify } from 'node:util';
import mysql from 'mysql2';
import mysqlPromise from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holders, stats, unguard } from '../../../packages/guard/dist/index.js';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { watched, type Watched } from '../watched.ts';

let server: MariaDbServer;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await startMariaDb();
});
afterAll(async () => {
  for (const end of ends) await end();
  await server.stop();
});

const stale = { code: 'LIFEGUARD_STALE_HANDLE' };

function openPromise(config: mysql.PoolOptions = {}, options = {}): Watched<mysqlPromise.Pool> {
  const pool = mysqlPromise.createPool({ ...server.config, connectionLimit: 2, ...config });
  ends.push(() => pool.end());
  return watched(pool, options);
}

function open(config: mysql.PoolOptions = {}, options = {}): Watched<mysql.Pool> {
  const pool = mysql.createPool({ ...server.config, connectionLimit: 2, ...config });
  ends.push(() => promisify(pool.end.bind(pool))());
  return watched(pool, options);
}

type Lend = (done: (error: Error | null, connection: mysql.PoolConnection) => void) => void;

/** A connection in callback form. */
function take(pool: { getConnection: Lend }): Promise<mysql.PoolConnection> {
  return promisify<mysql.PoolConnection>((done) => pool.getConnection(done))();
}

/** The first row of a query in callback form. */
function ask(from: mysql.Pool | mysql.PoolConnection, sql: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    from.query<mysql.RowDataPacket[]>(sql, (error, rows) => (error === null ? resolve({ ...rows[0] }) : reject(error)));
  });
}

describe('a checkout of the promise pool', () => {
  test('lends a connection that answers, and names the line of its holder', async () => {
    const { pool, events } = openPromise();
    const connection = await pool.getConnection();
    const [rows] = await connection.query('select ? as one', ['a-secret']);
    expect(rows).toEqual([{ one: 'a-secret' }]);
    expect(holders(pool)).toMatchObject([{ state: 'held', site: { file: import.meta.filename }, lastQuery: 'select ? as one' }]);
    expect(stats(pool)).toMatchObject({ active: 1, idle: 0, total: 1, max: 2, acquired: 1 });
    connection.release();
    expect(holders(pool)).toEqual([]);
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, total: 1, returned: 1 });
    expect(events.map(({ type }) => type)).toEqual(['created', 'acquired', 'returned']);
    expect(JSON.stringify(events)).not.toContain('a-secret');
  });

  test('is over at its release: a second one is ignored, also when the connection has a new owner', async () => {
    const { pool, alarms } = openPromise({ connectionLimit: 1 });
    const first = await pool.getConnection();
    first.release();
    const second = await pool.getConnection();
    expect(first.release()).toBeUndefined();
    pool.releaseConnection(first);
    expect(stats(pool)).toMatchObject({ active: 1, idle: 0 });
    expect((await second.query('select 2 as two'))[0]).toEqual([{ two: 2 }]);
    second.release();
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, total: 1, acquired: 2, returned: 2 });
    expect(alarms()).toEqual(['stale-handle', 'stale-handle']);
  });

  test('rejects what is asked of it after its release', async () => {
    const { pool } = openPromise();
    const connection = await pool.getConnection();
    connection.release();
    await expect(connection.query('select 1')).rejects.toMatchObject(stale);
    await expect(connection.execute('select 1')).rejects.toMatchObject(stale);
    await expect(connection.beginTransaction()).rejects.toMatchObject(stale);
    await expect(connection.ping()).rejects.toMatchObject(stale);
  });

  test('ends at the end of the block with `await using`, also after a release by hand', async () => {
    const { pool } = openPromise();
    {
      await using connection = await pool.getConnection();
      await connection.ping();
      await using other = await pool.getConnection();
      other.release();
    }
    expect(stats(pool)).toMatchObject({ active: 0, idle: 2, returned: 2, staleHandles: 0 });
  });

  test('is closed by `destroy`, and the pool has room for another', async () => {
    const { pool } = openPromise({ connectionLimit: 1 });
    const connection = await pool.getConnection();
    const waiting = pool.getConnection();
    connection.destroy();
    (await waiting).release();
    expect(stats(pool)).toMatchObject({ destroyed: 1, returned: 1, total: 1, idle: 1 });
  });
});

describe('a checkout of the callback pool', () => {
  test('lends a connection that is one of the driver to everybody who looks', async () => {
    const { pool } = open();
    const connection = await take(pool);
    expect(connection).toBeInstanceOf(mysql.PoolConnection);
    expect(connection.release).toBe(connection.release);
    expect(connection.threadId).toBeTypeOf('number');
    expect(await ask(connection, 'select 1 as one')).toEqual({ one: 1 });
    connection.release();
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, acquired: 1, returned: 1 });
  });

  test('can be given back to the pool, once', async () => {
    const { pool, alarms } = open({ connectionLimit: 1 });
    const first = await take(pool);
    pool.releaseConnection(first);
    pool.releaseConnection(first);
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, total: 1 });
    const second = await take(pool);
    const waiting = take(pool);
    first.release();
    first.destroy();
    expect(stats(pool)).toMatchObject({ active: 1, waiting: 1 });
    second.release();
    (await waiting).release();
    expect(alarms()).toEqual(['stale-handle', 'stale-handle', 'stale-handle']);
  });

  test('fails after its release in the form of the call: to the callback, as an emitter, as a stream, at once', async () => {
    const { pool } = open();
    const connection = await take(pool);
    connection.release();
    await expect(ask(connection, 'select 1')).rejects.toMatchObject(stale);
    const failed = await new Promise((resolve) => connection.query('select 1').once('error', resolve));
    expect(failed).toMatchObject(stale);
    const read = async (): Promise<void> => {
      for await (const row of connection.query('select 1').stream()) expect(row).toBeUndefined();
    };
    await expect(read()).rejects.toMatchObject(stale);
    expect(() => connection.escape('a')).toThrow(expect.objectContaining(stale));
    connection.query('select 1');
  });

  test('is over with the deprecated `end`, as it is a release', async () => {
    const { pool } = open();
    const connection = await take(pool);
    const warn = console.warn;
    console.warn = () => undefined;
    await new Promise((resolve) => connection.end(resolve));
    console.warn = warn;
    expect(stats(pool)).toMatchObject({ active: 0, idle: 1, returned: 1 });
  });

  test('shows another face that is of the same lease', async () => {
    const { pool } = open({ connectionLimit: 1 });
    const connection = await take(pool);
    const face = connection.promise();
    connection.release();
    (await take(pool)).release();
    await expect(face.query('select 1')).rejects.toMatchObject(stale);
    expect(() => connection.promise()).toThrow(expect.objectContaining(stale));
  });

  test('reads rows as a stream', async () => {
    const { pool } = open();
    const connection = await take(pool);
    const rows: unknown[] = [];
    for await (const row of connection.query('select 1 as n union select 2').stream()) rows.push(row);
    expect(rows).toEqual([{ n: 1 }, { n: 2 }]);
    connection.release();
  });
});

test('queries of the pool are counted, and nobody is named for them', async () => {
  const { pool, events } = openPromise();
  await pool.query('select 1');
  await pool.execute('select 2');
  await expect(pool.query('select nothing')).rejects.toThrow('nothing');
  expect(stats(pool)).toMatchObject({ acquired: 0, internal: 3, returned: 3, active: 0, idle: 1, total: 1 });
  expect(events.map(({ type }) => type)).toEqual(['created']);
});

test('a waiter whose connection is destroyed is one lease, also while somebody traces the driver', async () => {
  const { subscribe, unsubscribe } = await import('node:diagnostics_channel');
  for (const isTraced of [false, true]) {
    const trace = (): void => undefined;
    if (isTraced) subscribe('tracing:mysql2:pool:connect:start', trace);
    const { pool } = open({ connectionLimit: 1 });
    const first = await take(pool);
    const waiting = [take(pool), take(pool)];
    first.destroy();
    for (const each of waiting) {
      const connection = await each;
      expect(await ask(connection, 'select 1 as one')).toEqual({ one: 1 });
      connection.release();
    }
    expect(stats(pool)).toMatchObject({ acquired: 3, destroyed: 1, returned: 2, waiting: 0, active: 0, total: 1 });
    if (isTraced) unsubscribe('tracing:mysql2:pool:connect:start', trace);
  }
});

test('a pool is guarded through each of its faces, once', async () => {
  const { pool } = open();
  const face = pool.promise();
  expect(stats(face)).toMatchObject({ pool: stats(pool).pool, acquired: 0 });
  (await face.getConnection()).release();
  expect([stats(pool).acquired, stats(pool.promise()).acquired]).toEqual([1, 1]);
  unguard(face);
  expect(() => stats(pool)).toThrow(expect.objectContaining({ code: 'LIFEGUARD_NOT_GUARDED' }));
});

test('a pool that is guarded no more is as it was', async () => {
  const bare = mysql.createPool({ ...server.config, connectionLimit: 1 });
  const own = Reflect.ownKeys(bare);
  const { pool, clock } = watched(bare);
  const lent = await take(pool);
  const waiting = take(pool);
  unguard(pool);
  expect(bare.listenerCount('connection')).toBe(0);
  expect(clock.timers).toBe(0);
  lent.release();
  expect(Reflect.ownKeys(bare)).toEqual(own);
  const late = await waiting;
  await expect(ask(lent, 'select 1')).rejects.toMatchObject(stale);
  bare.releaseConnection(lent);
  expect(await ask(late, 'select 2 as two')).toEqual({ two: 2 });
  late.release();
  expect(Reflect.get(Object(Reflect.get(bare, '_freeConnections')) as object, 'length')).toBe(1);
  expect(await ask(bare, 'select 1 as one')).toEqual({ one: 1 });
  await promisify(bare.end.bind(bare))();
});

describe('a connection that is lent bare', () => {
  test('is the driver\'s own object, and a lease all the same', async () => {
    const { pool } = open({ connectionLimit: 1 }, { handles: 'bare' });
    const seen: unknown[] = [];
    pool.on('connection', (connection) => seen.push(connection));
    const connection = await take(pool);
    expect(seen).toEqual([connection]);
    connection.release();
    expect(await take(pool)).toBe(connection);
    pool.releaseConnection(connection);
    expect(stats(pool)).toMatchObject({ acquired: 2, returned: 2, active: 0, idle: 1 });
    (await take(pool)).destroy();
    expect(stats(pool)).toMatchObject({ acquired: 3, destroyed: 1, total: 0 });
  });
});

test('a cluster lends leases, and its connections go back to the pools they came from', async () => {
  const cluster = mysql.createPoolCluster();
  cluster.add('one', server.config);
  const { pool } = watched(cluster);
  const connection = await promisify<mysql.PoolConnection>((done) => pool.getConnection('one', done))();
  expect(await ask(connection, 'select 1 as one')).toEqual({ one: 1 });
  connection.release();
  connection.release();
  await expect(ask(connection, 'select 1')).rejects.toMatchObject(stale);
  expect(stats(pool)).toMatchObject({ acquired: 1, returned: 1, staleHandles: 2 });
  await promisify(cluster.end.bind(cluster))();
});
