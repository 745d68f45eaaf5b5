import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { startProxy, type Proxy } from '../../servers/proxy.ts';
import { openPg, type Opened } from '../pg/open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Every statement and ping is bytes to the server. */
function sent(proxy: Proxy): number {
  return proxy.links.reduce((sum, { toServer }) => sum + toServer, 0);
}

/** Makes connections, and gives all of them back. */
async function fill(orders: Opened, count: number): Promise<void> {
  const clients = await Promise.all(Array.from({ length: count }, () => orders.pool.connect()));
  for (const client of clients) client.release();
}

async function serverId(orders: Opened): Promise<unknown> {
  const client = await orders.pool.connect();
  const id: unknown = Reflect.get(client, 'processID');
  client.release();
  return id;
}

function discards(orders: Opened): readonly unknown[] {
  return orders.events.flatMap((event) => (event.type === 'stale-discarded' ? event.reason : []));
}

async function asSuperuser(text: string, values: readonly unknown[] = []): Promise<void> {
  const client = new pg.Client(server.config);
  await client.connect();
  await client.query(text, [...values]);
  await client.end();
}

describe('an idle connection', () => {
  test('is lent without a word to the server while it has not been idle for long', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port });
    await fill(orders, 1);
    const before = sent(proxy);
    orders.clock.pass(1000);
    (await orders.pool.connect()).release();
    expect(sent(proxy)).toBe(before);
  });

  test('is pinged after `ping.afterIdleMs`, and lent when the server answers', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port });
    await fill(orders, 1);
    const before = sent(proxy);
    orders.clock.pass(1001);
    (await orders.pool.connect()).release();
    expect(sent(proxy)).toBeGreaterThan(before);
    expect(stats(orders.pool)).toMatchObject({ connectionsCreated: 1, staleDiscards: 0 });
  });

  test('is destroyed when the ping gets no answer in time, and the caller has a new one', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port }, { ping: { timeoutMs: 300 } });
    await fill(orders, 1);
    orders.clock.pass(1001);
    const [link] = proxy.links;
    link?.set('stall');
    const waiting = orders.pool.connect();
    await expect.poll(() => stats(orders.pool).active).toBe(1);
    orders.clock.pass(300);
    const client = await waiting;
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    client.release();
    expect(discards(orders)).toEqual(['ping-timeout']);
    expect(orders.events.find(({ type }) => type === 'stale-discarded')).toMatchObject({ idleMs: 1301, site: { file: import.meta.filename } });
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0, staleDiscards: 1 });
  });

  test('is destroyed when the ping fails', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port });
    await fill(orders, 1);
    orders.clock.pass(1001);
    const [link] = proxy.links;
    link?.set('stall');
    const waiting = orders.pool.connect();
    await expect.poll(() => stats(orders.pool).active).toBe(1);
    link?.set('reset');
    (await waiting).release();
    expect(discards(orders)).toEqual(['ping-failed']);
  });

  test('is pinged at every hand-out with `afterIdleMs: 0`, to queued waiters too', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port }, { ping: { afterIdleMs: 0 } });
    const first = await orders.pool.connect();
    const waiting = orders.pool.connect();
    const before = sent(proxy);
    first.release();
    (await waiting).release();
    expect(sent(proxy)).toBeGreaterThan(before);
  });

  test('is never pinged with `ping: false`, and discarded all the same when its socket is dead', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port }, { ping: false });
    await fill(orders, 1);
    const before = sent(proxy);
    orders.clock.pass(60_000);
    const client = await orders.pool.connect();
    expect(sent(proxy)).toBe(before);
    const waiting = orders.pool.connect();
    const stream: unknown = Reflect.get(Reflect.get(client, 'connection'), 'stream');
    if (typeof stream === 'object' && stream !== null) Reflect.apply(Reflect.get(stream, 'destroy'), stream, []);
    // The pool itself would hand it on: it has not heard of it yet.
    client.release();
    const next = await waiting;
    expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    next.release();
    expect(discards(orders)).toEqual(['dead-socket']);
  });

  test('may break while it is pinged, and the process lives', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port }, { ping: { afterIdleMs: 0 } });
    proxy.setNext('pass');
    const waiting = orders.pool.connect();
    await proxy.untilOpen(1);
    (await waiting).release();
    proxy.links[0]?.set('stall');
    const again = orders.pool.connect();
    await expect.poll(() => stats(orders.pool).active).toBe(1);
    proxy.links[0]?.set('cut');
    (await again).release();
    expect(discards(orders)).toEqual(['ping-failed']);
  });
});

describe('after one connection has failed', () => {
  test('those that were made before are pinged before they are lent, each once', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 3, host: proxy.host, port: proxy.port });
    const clients = await Promise.all([1, 2, 3].map(() => orders.pool.connect()));
    const [killed, ...others] = clients;
    killed?.on('error', () => undefined);
    for (const other of others) other.release();
    const failed = new Promise((resolve) => killed?.once('error', resolve));
    await asSuperuser('select pg_terminate_backend($1)', [Reflect.get(killed ?? {}, 'processID')]);
    await failed;
    killed?.release();
    const pings: boolean[] = [];
    for (let round = 0; round < 3; round += 1) {
      const before = sent(proxy);
      const pair = await Promise.all([orders.pool.connect(), orders.pool.connect()]);
      pings.push(sent(proxy) > before);
      for (const client of pair) client.release();
    }
    expect(pings).toEqual([true, false, false]);
    expect(orders.alarms()).toEqual(['connection-lost']);
  });

  test('all that a dead server left behind are replaced, and no caller notices', async () => {
    await using proxy = await startProxy(server);
    await using orders = openPg(server, { max: 3, host: proxy.host, port: proxy.port }, { ping: { timeoutMs: 300 } });
    await fill(orders, 3);
    orders.clock.pass(1001);
    for (const link of proxy.links) link.set('stall');
    const answers = Promise.all([1, 2, 3].map((n) => orders.pool.query('select $1::int as n', [n])));
    await expect.poll(() => stats(orders.pool).active).toBe(3);
    orders.clock.pass(300);
    expect((await answers).map(({ rows }) => rows[0])).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(stats(orders.pool)).toMatchObject({ total: 3, idle: 3, staleDiscards: 3 });
  });
});

test('after the process stood still all connections are pinged', async () => {
  await using proxy = await startProxy(server);
  await using orders = openPg(server, { max: 2, host: proxy.host, port: proxy.port }, { ping: { afterIdleMs: 3_600_000 } });
  const holder = await orders.pool.connect();
  await orders.pool.query('select 1');
  orders.clock.freeze(60_000);
  orders.clock.pass(1);
  const before = sent(proxy);
  (await orders.pool.connect()).release();
  expect(sent(proxy)).toBeGreaterThan(before);
  holder.release();
});

describe('a connection older than `maxLifetimeMs`', () => {
  test('is replaced when it would be lent', async () => {
    await using orders = openPg(server, { max: 1 }, { maxLifetimeMs: 60_000, ping: false });
    const first = await serverId(orders);
    orders.clock.pass(53_000);
    expect(await serverId(orders)).toBe(first);
    orders.clock.pass(8000);
    expect(await serverId(orders)).not.toBe(first);
    expect(discards(orders)).toEqual(['too-old']);
  });

  test('ends earlier by up to a tenth, so that not all end at once', async () => {
    await using orders = openPg(server, { max: 8 }, { maxLifetimeMs: 60_000, ping: false });
    await fill(orders, 8);
    const ends = new Set<number>();
    for (let ms = 53_000; ms <= 60_000; ms += 100) {
      orders.clock.pass(ms === 53_000 ? 53_000 : 100);
      const before = stats(orders.pool).staleDiscards;
      await fill(orders, 8);
      if (stats(orders.pool).staleDiscards > before) ends.add(ms);
    }
    expect(ends.size).toBeGreaterThan(1);
    expect(stats(orders.pool).staleDiscards).toBe(8);
  });
});

describe('a caller', () => {
  test('is spared as many connections as the pool may have, and told when the next is no better', async () => {
    await using orders = openPg(server, { max: 2, options: '-c default_transaction_read_only=on' }, { ping: { role: 'primary' } });
    const refused: unknown = await orders.pool.connect().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'LIFEGUARD_NO_USABLE_CONNECTION' });
    expect(discards(orders)).toEqual(['read-only', 'read-only', 'read-only']);
    expect(stats(orders.pool)).toMatchObject({ total: 0, active: 0, waiting: 0, refused: 1 });
  });

  test('waits no longer than the pool lets him, however many connections he is spared', async () => {
    await using proxy = await startProxy(server);
    const limits = { connectionTimeoutMillis: 30_000 };
    await using orders = openPg(server, { max: 1, host: proxy.host, port: proxy.port, ...limits }, { ping: { timeoutMs: 20_000 } });
    await fill(orders, 1);
    orders.clock.pass(1001);
    proxy.set('stall');
    const waiting = orders.pool.connect().catch((error: unknown) => error);
    await expect.poll(() => stats(orders.pool).active).toBe(1);
    orders.clock.pass(20_000);
    await expect.poll(() => discards(orders)).toEqual(['ping-timeout']);
    // 10 s are left, though the pool has just begun to wait for the next.
    orders.clock.pass(10_000);
    expect(String(await waiting)).toMatch(/timeout exceeded when trying to connect/u);
    proxy.set('reset');
    await expect.poll(() => stats(orders.pool).total).toBe(0);
  });
});

describe('after a failover', () => {
  test('a connection whose holder was told that it is read only is not lent again', async () => {
    await using orders = openPg(server, { max: 1 });
    const first = await serverId(orders);
    const client = await orders.pool.connect();
    await client.query('set session characteristics as transaction read only');
    await expect(client.query('create table refused (n int)')).rejects.toMatchObject({ code: '25006' });
    client.release();
    expect(await serverId(orders)).not.toBe(first);
    expect(discards(orders)).toEqual(['read-only']);
  });

  test('the others are asked whether they take writes, and replaced where they do not', async () => {
    await using orders = openPg(server, { max: 3 });
    const clients = await Promise.all([1, 2, 3].map(() => orders.pool.connect()));
    const [told, demoted, well] = clients;
    for (const client of [told, demoted]) await client?.query('set session characteristics as transaction read only');
    const kept: unknown = Reflect.get(well ?? {}, 'processID');
    demoted?.release();
    well?.release();
    await expect(told?.query('create table refused (n int)')).rejects.toMatchObject({ code: '25006' });
    told?.release();
    const next = await Promise.all([1, 2, 3].map(() => orders.pool.connect()));
    expect(next.map((client): unknown => Reflect.get(client, 'processID'))).toContain(kept);
    for (const client of next) {
      expect((await client.query('show transaction_read_only')).rows).toEqual([{ transaction_read_only: 'off' }]);
      client.release();
    }
    expect(discards(orders)).toEqual(['read-only', 'read-only']);
  });
});
