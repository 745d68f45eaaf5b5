import createKnex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stats, type GuardOptions } from '../../../packages/guard/dist/index.js';
import { isMariaDbHere, startMariaDb } from '../../servers/mariadb.ts';
import { startPostgres } from '../../servers/postgres.ts';
import { startProxy, type Proxy } from '../../servers/proxy.ts';
import type { Config } from '../../servers/server.ts';
import { watched, type Watched } from '../watched.ts';

const servers = [
  { client: 'pg', isHere: true, start: () => startPostgres() },
  { client: 'mysql2', isHere: await isMariaDbHere(), start: () => startMariaDb() },
];

describe.each(servers)('an idle connection of $client in the pool of knex', ({ client, isHere, start }) => {
  let config: Config;
  const ends: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    if (!isHere) return;
    const server = await start();
    ends.push(() => server.stop());
    config = server.config;
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  function open(proxy: Proxy, options: GuardOptions = {}): Watched<Knex> {
    const knex = createKnex({ client, connection: { ...config, port: proxy.port }, pool: { min: 0, max: 1 } });
    ends.push(() => knex.destroy());
    return watched(knex, options);
  }

  test.skipIf(!isHere)('is pinged after `ping.afterIdleMs`, and not before', async () => {
    await using proxy = await startProxy(config);
    const orders = open(proxy);
    await orders.pool.raw('select 1');
    const [link] = proxy.links;
    const before = link?.toServer ?? 0;
    await orders.pool.raw('select 1');
    const each = (link?.toServer ?? 0) - before;
    orders.clock.pass(1001);
    await orders.pool.raw('select 1');
    expect((link?.toServer ?? 0) - before).toBeGreaterThan(2 * each);
    expect(stats(orders.pool)).toMatchObject({ staleDiscards: 0 });
  });

  test.skipIf(!isHere)('is destroyed when its peer answers nothing, and the caller has a new one', async () => {
    await using proxy = await startProxy(config);
    const orders = open(proxy, { ping: { timeoutMs: 300 } });
    await orders.pool.raw('select 1');
    orders.clock.pass(1001);
    for (const link of proxy.links) link.set('stall');
    const answer: Promise<unknown> = orders.pool.raw('select 1').then(() => 'answered');
    await expect.poll(() => {
      orders.clock.pass(300);
      return stats(orders.pool).staleDiscards;
    }).toBe(1);
    expect(await answer).toBe('answered');
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, active: 0 });
  });
});
