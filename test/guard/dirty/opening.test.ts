import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { isMariaDbHere, startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startProxy, type Proxy } from '../../servers/proxy.ts';
import { watched } from '../watched.ts';

const isHere = await isMariaDbHere();
let server: MariaDbServer;
let proxy: Proxy;
beforeAll(async () => {
  if (!isHere) return;
  server = await startMariaDb();
  proxy = await startProxy(server);
});
afterAll(async () => {
  if (!isHere) return;
  await proxy.stop();
  await server.stop();
});

/** Does the return of a connection cost a question to the server, after this statement? */
async function isAsked(sql: string): Promise<boolean> {
  const bare = mysql.createPool({ ...server.config, port: proxy.port, connectionLimit: 1, multipleStatements: true });
  const orders = watched(bare);
  const connection = await orders.pool.getConnection();
  await connection.query(sql);
  const link = proxy.links.at(-1);
  const before = link?.toServer;
  connection.release();
  (await orders.pool.getConnection()).release();
  await expect.poll(() => stats(orders.pool).idle).toBe(1);
  const isAnswered = link?.toServer !== before;
  await bare.end();
  return isAnswered;
}

describe.skipIf(!isHere)('after a statement that', () => {
  test.each(['BEGIN', 'begin work', ' start  transaction', '-- a comment\nBEGIN', '# a comment\nBEGIN', '/* a\ncomment */ BEGIN', "XA START 'x'", 'select 1; begin', 'SET AUTOCOMMIT = 0'])('may open a transaction a connection is asked whether one is open: %s', async (sql) => {
    expect(await isAsked(sql)).toBe(true);
  });

  test.each(['select 1', "select 'begin' as word", 'select 1 as beginning', 'rollback', 'commit', '/* begin */ select 1'])('opens none it is not: %s', async (sql) => {
    expect(await isAsked(sql)).toBe(false);
  });
});
