import { promisify } from 'node:util';
import * as mariadb from 'mariadb';
import mysql from 'mysql2';
import mysqlPromise from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { collect } from '../collect.ts';
import { watched } from '../watched.ts';

let server: MariaDbServer;
beforeAll(async () => {
  server = await startMariaDb();
});
afterAll(() => server.stop());

/** So that only `collected` can find anything. */
const options = { idleLimitMs: false } as const;

describe('a connection that nobody can give back is leaked and destroyed at once, and the waiter is served', () => {
  test('in the promise pool of mysql2', async () => {
    const { pool, clock, alarms } = watched(mysqlPromise.createPool({ ...server.config, connectionLimit: 1 }), options);
    await (async () => {
      await (await pool.getConnection()).query('select 1');
    })();
    const waiting = pool.getConnection();
    await collect(clock);
    (await waiting).release();
    expect(alarms().filter((type) => type !== 'exhausted')).toEqual(['leaked', 'reclaimed']);
    expect(stats(pool)).toMatchObject({ total: 1, idle: 1, reclaims: 1 });
    await pool.end();
  });

  test('in the callback pool of mysql2', async () => {
    const bare = mysql.createPool({ ...server.config, connectionLimit: 1 });
    const { pool, clock, alarms } = watched(bare, options);
    await new Promise<void>((resolve) => pool.getConnection(() => resolve()));
    await collect(clock);
    expect(alarms()).toEqual(['leaked', 'reclaimed']);
    await promisify(bare.end.bind(bare))();
  });

  test('in mariadb', async () => {
    const { pool, clock, alarms } = watched(mariadb.createPool({ ...server.config, connectionLimit: 1 }), options);
    await (async () => {
      await (await pool.getConnection()).query('select 1');
    })();
    await collect(clock);
    expect(alarms()).toEqual(['leaked', 'reclaimed']);
    await (await pool.getConnection()).release();
    await pool.end();
  });
});

describe('a connection is left alone while something of it is in use', () => {
  test('its release alone, a prepared statement, and a stream of mysql2', async () => {
    const { pool, clock, alarms } = watched(mysqlPromise.createPool({ ...server.config, connectionLimit: 3 }), options);
    const release = await (async () => {
      const connection = await pool.getConnection();
      return () => connection.release();
    })();
    const statement = await (async () => (await pool.getConnection()).prepare('select ? as n'))();
    const stream = await (async () => {
      const { connection } = await pool.getConnection();
      const query: unknown = Reflect.apply(Reflect.get(connection, 'query') as () => unknown, connection, ['select 1 as n']);
      return (query as mysql.Query).stream({ highWaterMark: 1 });
    })();
    await collect(clock);
    expect((await statement.execute([4]))[0]).toEqual([{ n: 4 }]);
    for await (const row of stream) expect(row).toEqual({ n: 1 });
    expect(alarms()).toEqual([]);
    expect(stats(pool).active).toBe(3);
    release();
    expect(stats(pool).active).toBe(2);
    await pool.end();
  });

  test('a prepared statement and a stream of mariadb', async () => {
    const { pool, clock, alarms } = watched(mariadb.createPool({ ...server.config, connectionLimit: 2 }), options);
    const raw: mariadb.Connection[] = [];
    pool.on('acquire', (connection) => raw.push(connection));
    const statement = await (async () => (await pool.getConnection()).prepare('select ? as n'))();
    const stream = await (async () => (await pool.getConnection()).queryStream('select seq as n from seq_1_to_1000'))();
    await collect(clock);
    expect(await statement.execute([4])).toMatchObject([{ n: 4 }]);
    let count = 0;
    for await (const row of stream) count += row === undefined ? 0 : 1;
    expect(count).toBe(1000);
    expect(alarms()).toEqual([]);
    // The pool would wait for them.
    for (const connection of raw) connection.destroy();
    await pool.end();
  });
});
