import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scope, type LifeguardEvent } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg, type Opened } from '../pg/open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

function of<T extends LifeguardEvent['type']>(type: T, { events }: Opened): readonly Extract<LifeguardEvent, { readonly type: T }>[] {
  return events.filter((event): event is Extract<LifeguardEvent, { readonly type: T }> => event.type === type);
}

describe('exhaustion', () => {
  test('is told once per episode, when somebody has waited for the time set', async () => {
    await using orders = openPg(server, { max: 1 }, { waitWarnMs: 200 });
    for (let episode = 1; episode <= 2; episode += 1) {
      const client = await orders.pool.connect();
      const waiting = [orders.pool.connect(), orders.pool.connect()];
      orders.clock.pass(199);
      expect(of('exhausted', orders)).toHaveLength(episode - 1);
      orders.clock.pass(1);
      expect(of('exhausted', orders)).toHaveLength(episode);
      orders.clock.pass(5000);
      expect(of('exhausted', orders)).toHaveLength(episode);
      client.release();
      for (const one of waiting) (await one).release();
      orders.clock.pass(1000);
    }
    expect(of('exhausted', orders)[0]).toMatchObject({ waiting: 2, waitedMs: 200, limit: 1, active: 1, cause: 'leak', holders: [{ count: 1 }] });
    expect(JSON.parse(JSON.stringify(of('exhausted', orders)))).toEqual(of('exhausted', orders));
  });

  test('is not told where that is not wanted, or nobody waits for so long', async () => {
    await using orders = openPg(server, { max: 1 }, { waitWarnMs: false });
    const client = await orders.pool.connect();
    const waiting = orders.pool.connect();
    orders.clock.pass(60_000);
    expect(of('exhausted', orders)).toEqual([]);
    client.release();
    (await waiting).release();
  });
});

describe('a second connection of one scope', () => {
  test('is told with both places and the size at which such scopes cannot block each other', async () => {
    await using orders = openPg(server, { max: 5 });
    await Promise.all(['one', 'two', 'three'].map((label) => scope(label, async () => {
      const first = await orders.pool.connect();
      await first.query('select 1');
      const second = await orders.pool.connect();
      second.release();
      first.release();
    })));
    const told = of('nested-acquire', orders);
    expect(told.map((event) => event.scope).sort()).toEqual(['one', 'three', 'two']);
    expect(Math.max(...told.map(({ safeMax }) => safeMax))).toBe(4);
    for (const { site, outerSite } of told) {
      expect(site?.file).toBe(import.meta.filename);
      expect(outerSite?.file).toBe(import.meta.filename);
      expect((site?.line ?? 0) - (outerSite?.line ?? 0)).toBe(2);
    }
  });

  test('is told of a query of the pool too, where the connection is not passed on', async () => {
    await using orders = openPg(server, { max: 2 });
    await scope('job', async () => {
      const client = await orders.pool.connect();
      await orders.pool.query('select 1');
      client.release();
    });
    expect(of('nested-acquire', orders)).toMatchObject([{ scope: 'job', safeMax: 2, at: { file: import.meta.filename }, outerSite: { file: import.meta.filename } }]);
  });

  test('is not told of connections that are asked for at once, one after the other, or by another scope', async () => {
    await using orders = openPg(server, { max: 2 });
    await scope('job', async () => {
      const clients = await Promise.all([orders.pool.connect(), orders.pool.connect()]);
      for (const client of clients) client.release();
      (await orders.pool.connect()).release();
      (await orders.pool.connect()).release();
    });
    const [one, other] = [await scope('one', () => orders.pool.connect()), await scope('other', () => orders.pool.connect())];
    one.release();
    other.release();
    expect(of('nested-acquire', orders)).toEqual([]);
  });
});

describe('alerts', () => {
  const told = (orders: Opened): readonly string[] => of('alert', orders).map(({ alert, state }) => `${alert} ${state}`);

  test('tell of a pool more than four fifths of which are lent for ten seconds, and of its end', async () => {
    await using orders = openPg(server, { max: 1 });
    const client = await orders.pool.connect();
    orders.clock.pass(10_000);
    expect(told(orders)).toEqual([]);
    orders.clock.pass(1000);
    expect(told(orders)).toEqual(['utilisation raised']);
    expect(of('alert', orders)).toMatchObject([{ pool: 'orders', value: 1, limit: 0.8 }]);
    client.release();
    orders.clock.pass(5000);
    const again = await orders.pool.connect();
    orders.clock.pass(20_000);
    again.release();
    expect(told(orders)).toEqual(['utilisation raised']);
    orders.clock.pass(12_000);
    expect(told(orders)).toEqual(['utilisation raised', 'utilisation cleared']);
    orders.clock.pass(1000);
    expect(orders.clock.timers).toBe(0);
  });

  test('tell of exhaustion and of long waits, once for all that follow within ten seconds', async () => {
    await using orders = openPg(server, { max: 1 }, { waitWarnMs: 2000 });
    for (let round = 0; round < 3; round += 1) {
      const client = await orders.pool.connect();
      const waiting = orders.pool.connect();
      orders.clock.pass(3000);
      client.release();
      (await waiting).release();
      orders.clock.pass(3000);
    }
    expect(told(orders)).toEqual(['exhaustion raised', 'wait raised']);
    orders.clock.pass(15_000);
    expect(told(orders)).toEqual(['exhaustion raised', 'wait raised', 'exhaustion cleared', 'wait cleared']);
  });
});
