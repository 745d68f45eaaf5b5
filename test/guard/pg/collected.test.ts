import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
// @ts-expect-error -- it has no types
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hold, stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { collect } from '../collect.ts';
import { openPg, type Opened } from './open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** So that only `collected` can find anything. */
const options = { idleLimitMs: false } as const;

describe('a connection that nobody can give back', () => {
  test('is leaked and destroyed at once, and the waiter is served', async () => {
    await using orders = openPg(server, { max: 1 }, options);
    await forget(orders);
    const waiting = orders.pool.connect();
    await collect(orders.clock);
    (await waiting).release();
    expect(orders.alarms()).toEqual(['leaked', 'reclaimed']);
    expect(orders.events.find(({ type }) => type === 'leaked')).toMatchObject({ evidence: 'collected', site: { function: 'forget' } });
    expect(stats(orders.pool)).toMatchObject({ total: 1, idle: 1, leaks: 1, reclaims: 1 });
  });

  test('is found also where the object whose method acquired it held it', async () => {
    class Repository {
      client: unknown;
      async load(orders: Opened): Promise<void> {
        this.client = await orders.pool.connect();
      }
    }
    await using orders = openPg(server, {}, options);
    await (async () => {
      await new Repository().load(orders);
    })();
    await collect(orders.clock);
    expect(orders.alarms()).toEqual(['leaked', 'reclaimed']);
  });

  test('is left alone where it is held on purpose, or listens', async () => {
    await using orders = openPg(server, {}, options);
    await (async () => {
      hold(await orders.pool.connect(), 'advisory lock');
      const listener = await orders.pool.connect();
      listener.on('notification', () => undefined);
      await listener.query('listen orders');
    })();
    await collect(orders.clock);
    expect(orders.alarms()).toEqual([]);
  });
});

describe('a connection that somebody can still give back is left alone', () => {
  test('when only `done` is kept', async () => {
    await using orders = openPg(server, {}, options);
    const done = await new Promise<() => void>((resolve) => {
      orders.pool.connect((_error, client, release) => {
        client?.query('select 1', () => resolve(release));
      });
    });
    await collect(orders.clock);
    expect(orders.alarms()).toEqual([]);
    done();
    expect(stats(orders.pool)).toMatchObject({ active: 0, idle: 1 });
  });

  test('when only the release that was taken out of it is kept', async () => {
    await using orders = openPg(server, {}, options);
    const { release } = await orders.pool.connect();
    await collect(orders.clock);
    expect(orders.alarms()).toEqual([]);
    release();
    expect(stats(orders.pool)).toMatchObject({ active: 0, idle: 1 });
  });

  test('when a stream of it is piped, and its end releases', async () => {
    await using orders = openPg(server, {}, options);
    let rows = 0;
    let resume: (() => void) | undefined;
    const sink = new Writable({
      objectMode: true,
      highWaterMark: 1,
      write(_row, _encoding, next) {
        rows += 1;
        if (rows === 10) resume = next;
        else next();
      },
    });
    const piped = pipe(orders, sink);
    while (resume === undefined) await new Promise((resolve) => setImmediate(resolve));
    await collect(orders.clock);
    expect(orders.alarms()).toEqual([]);
    resume();
    await piped;
    expect(rows).toBe(1000);
    expect(stats(orders.pool)).toMatchObject({ active: 0, idle: 1 });
  });

  test('when only a cursor of it is kept', async () => {
    await using orders = openPg(server, {}, options);
    const cursor = (await orders.pool.connect()).query(new Cursor('select generate_series(1, 10) as n'));
    await collect(orders.clock);
    expect(orders.alarms()).toEqual([]);
    expect(await cursor.read(1)).toEqual([{ n: 1 }]);
    await cursor.close();
  });

  test('when only the promise of a statement is kept', async () => {
    await using orders = openPg(server, {}, options);
    const promise = (await orders.pool.connect()).query('select 1');
    await promise;
    await collect(orders.clock);
    expect(orders.alarms()).toEqual([]);
    expect(promise).toBeInstanceOf(Promise);
  });

  test('while a statement runs whose end nobody awaits', async () => {
    await using orders = openPg(server, {}, options);
    await (async () => {
      const client = await orders.pool.connect();
      client.query('select pg_sleep(0.5)').catch(() => undefined);
    })();
    await collect(orders.clock);
    expect(orders.alarms()).toEqual([]);
  });
});

async function forget(orders: Opened): Promise<void> {
  const client = await orders.pool.connect();
  await client.query('select 1');
}

async function pipe(orders: Opened, sink: Writable): Promise<void> {
  const client = await orders.pool.connect();
  const stream = client.query(new QueryStream('select generate_series(1, 1000) as n', [], { highWaterMark: 1 }));
  await pipeline(stream, sink);
  client.release();
}
