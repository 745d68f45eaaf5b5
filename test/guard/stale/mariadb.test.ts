import * as mariadb from 'mariadb';
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

/** The driver's own ping is turned off, so that only the guard's is seen. */
function open(proxy: Proxy, options: GuardOptions = {}): Watched<mariadb.Pool> {
  const pool = mariadb.createPool({ ...server.config, port: proxy.port, connectionLimit: 1, minDelayValidation: 3_600_000 });
  ends.push(() => pool.end());
  return watched(pool, options);
}

function discards(orders: Watched<mariadb.Pool>): readonly unknown[] {
  return orders.events.flatMap((event) => (event.type === 'stale-discarded' ? event.reason : []));
}

async function fill(orders: Watched<mariadb.Pool>): Promise<void> {
  await (await orders.pool.getConnection()).release();
}

describe.skipIf(!isHere)('an idle connection of mariadb', () => {
  test('is pinged after `ping.afterIdleMs`, and not before, though each checkout has a new object for it', async () => {
    await using proxy = await startProxy(server);
    const orders = open(proxy);
    await fill(orders);
    const [link] = proxy.links;
    const before = link?.toServer ?? 0;
    orders.clock.pass(1000);
    await fill(orders);
    expect(link?.toServer).toBe(before);
    orders.clock.pass(1001);
    await fill(orders);
    expect(link?.toServer).toBeGreaterThan(before);
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, staleDiscards: 0 });
  });

  test('is destroyed when its peer answers nothing, and the caller has a new one', async () => {
    await using proxy = await startProxy(server);
    const orders = open(proxy, { ping: { timeoutMs: 300 } });
    await fill(orders);
    orders.clock.pass(1001);
    for (const link of proxy.links) link.set('stall');
    const waiting = orders.pool.getConnection();
    await expect.poll(() => {
      orders.clock.pass(300);
      return discards(orders);
    }).toEqual(['ping-timeout']);
    const connection = await waiting;
    expect(await connection.query('select 1 as one')).toEqual([{ one: 1 }]);
    await connection.release();
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0 });
  });

  test('is destroyed without another connection for a `KILL`, whose failure would end the process', async () => {
    await using proxy = await startProxy(server);
    const orders = open(proxy, { ping: { timeoutMs: 300 } });
    await fill(orders);
    orders.clock.pass(1001);
    proxy.links[0]?.set('stall');
    const waiting = orders.pool.getConnection();
    await expect.poll(() => {
      orders.clock.pass(300);
      return discards(orders);
    }).toEqual(['ping-timeout']);
    const connection = await waiting;
    await connection.query('do sleep(0)');
    expect(proxy.links).toHaveLength(2);
    await connection.release();
  });
});

test.skipIf(!isHere)('after a failover a connection of mariadb whose holder was told so is not lent again', async () => {
  await using proxy = await startProxy(server);
  const orders = open(proxy);
  const told = await orders.pool.getConnection();
  const { threadId } = told;
  await told.query('create table if not exists kept (n int)');
  const admin = await mariadb.createConnection(server.adminConfig);
  await admin.query('set global read_only = 1');
  await expect(told.query('insert into kept values (1)')).rejects.toMatchObject({ errno: 1290 });
  await told.release();
  const next = await orders.pool.getConnection();
  expect(next.threadId).not.toBe(threadId);
  expect(discards(orders)).toEqual(['read-only']);
  await next.release();
  await admin.query('set global read_only = 0');
  await admin.end();
});
