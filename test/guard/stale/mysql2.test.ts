import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stats, type GuardOptions } from '../../../packages/guard/dist/index.js';
import { isMariaDbHere, startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startProxy, type Proxy } from '../../servers/proxy.ts';
import { watched, type Watched } from '../watched.ts';

const isHere = await isMariaDbHere();
let server: MariaDbServer;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  if (isHere) server = await startMariaDb();
});
afterAll(async () => {
  for (const end of ends) await end();
  if (isHere) await server.stop();
});

function open(proxy: Proxy, options: GuardOptions = {}, config: mysql.PoolOptions = {}): Watched<mysql.Pool> {
  const pool = mysql.createPool({ ...server.config, port: proxy.port, connectionLimit: 2, ...config });
  ends.push(() => pool.end());
  return watched(pool, options);
}

function discards(orders: Watched<mysql.Pool>): readonly unknown[] {
  return orders.events.flatMap((event) => (event.type === 'stale-discarded' ? event.reason : []));
}

/** What was discarded after some time more. */
function passed(orders: Watched<mysql.Pool>, ms: number): readonly unknown[] {
  orders.clock.pass(ms);
  return discards(orders);
}

async function fill({ pool }: Watched<mysql.Pool>, count: number): Promise<void> {
  const connections = await Promise.all(Array.from({ length: count }, () => pool.getConnection()));
  for (const connection of connections) connection.release();
}

async function asAdmin(sql: string): Promise<void> {
  const admin = await mysql.createConnection(server.adminConfig);
  await admin.query(sql);
  await admin.end();
}

describe.skipIf(!isHere)('an idle connection of mysql2', () => {
  test('is pinged after `ping.afterIdleMs`, and not before', async () => {
    await using proxy = await startProxy(server);
    const orders = open(proxy);
    await fill(orders, 1);
    const [link] = proxy.links;
    const before = link?.toServer ?? 0;
    orders.clock.pass(1000);
    await fill(orders, 1);
    expect(link?.toServer).toBe(before);
    orders.clock.pass(1001);
    await fill(orders, 1);
    expect(link?.toServer).toBeGreaterThan(before);
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, staleDiscards: 0 });
  });

  test('is destroyed when its peer answers nothing, and the caller has a new one', async () => {
    await using proxy = await startProxy(server);
    const orders = open(proxy, { ping: { timeoutMs: 300 } });
    await fill(orders, 2);
    orders.clock.pass(1001);
    for (const link of proxy.links) link.set('stall');
    const answers = Promise.all([1, 2].map((n) => orders.pool.query('select ? as n', [n])));
    await expect.poll(() => passed(orders, 300)).toEqual(['ping-timeout', 'ping-timeout']);
    expect((await answers).map(([rows]) => rows)).toEqual([[{ n: 1 }], [{ n: 2 }]]);
    expect(stats(orders.pool)).toMatchObject({ total: 2, idle: 2, active: 0 });
  });

  test('is destroyed when the ping fails', async () => {
    await using proxy = await startProxy(server);
    const orders = open(proxy);
    await fill(orders, 1);
    orders.clock.pass(1001);
    const [link] = proxy.links;
    link?.set('stall');
    const waiting = orders.pool.getConnection();
    const before = orders.clock.timers;
    await expect.poll(() => orders.clock.timers).toBeGreaterThan(before);
    link?.set('reset');
    (await waiting).release();
    expect(discards(orders)).toEqual(['ping-failed']);
  });
});

test.skipIf(!isHere)('after a failover a connection of mysql2 whose holder was told so is not lent again, nor those beside it', async () => {
  await using proxy = await startProxy(server);
  const orders = open(proxy);
  const [told, other] = await Promise.all([orders.pool.getConnection(), orders.pool.getConnection()]);
  await told.query('create table if not exists kept (n int)');
  other.release();
  await asAdmin('set global read_only = 1');
  await expect(told.query('insert into kept values (1)')).rejects.toMatchObject({ errno: 1290 });
  told.release();
  const next = await orders.pool.getConnection();
  expect(discards(orders)).toEqual(['read-only', 'read-only']);
  expect([told.threadId, other.threadId]).not.toContain(next.threadId);
  next.release();
  await asAdmin('set global read_only = 0');
});

test.skipIf(!isHere)('with `ping.role: \'primary\'` nobody is lent a connection of mysql2 to a server that takes no writes', async () => {
  await using proxy = await startProxy(server);
  const orders = open(proxy, { ping: { role: 'primary' } });
  await asAdmin('set global read_only = 1');
  const refused: unknown = await orders.pool.getConnection().catch((error: unknown) => error);
  await asAdmin('set global read_only = 0');
  expect(refused).toMatchObject({ code: 'LIFEGUARD_NO_USABLE_CONNECTION' });
  (await orders.pool.getConnection()).release();
  expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0, waiting: 0 });
});
