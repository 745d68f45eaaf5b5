import { AsyncLocalStorage } from 'node:async_hooks';
import { promisify } from 'node:util';
// @ts-expect-error -- it has no types
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hold, stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg } from './open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe('a handle', () => {
  test('is one of the driver to everybody who looks', async () => {
    await using orders = openPg(server);
    await using client = await orders.pool.connect();
    expect(client).toBeInstanceOf(pg.Client);
    expect(client.constructor).toBe(pg.Client);
    expect(client.query).toBe(client.query);
    expect(client.release).toBe(client.release);
    expect('processID' in client).toBe(true);
    expect(client.on('notice', () => undefined)).toBe(client);
    expect(client.escapeIdentifier('a"b')).toBe('"a""b"');
    expect(client.getTransactionStatus()).toBe('I');
  });

  test('passes what is stored on it to the connection, and gives back the same', async () => {
    await using orders = openPg(server, { max: 1 });
    const mark = (): string => 'a mark';
    {
      await using client = await orders.pool.connect();
      Object.assign(client, { mark, uid: 7 });
      expect(Reflect.get(client, 'mark')).toBe(mark);
    }
    await using again = await orders.pool.connect();
    expect([Reflect.get(again, 'mark'), Reflect.get(again, 'uid')]).toEqual([mark, 7]);
  });

  test('lets its methods be wrapped, as the driver\'s own guide does', async () => {
    await using orders = openPg(server, { max: 1 });
    const texts: unknown[] = [];
    const client = await orders.pool.connect();
    const { query, release } = client;
    Reflect.set(client, 'query', (...args: unknown[]) => {
      texts.push(args[0]);
      return Reflect.apply(query, client, args);
    });
    Reflect.set(client, 'release', () => {
      Reflect.set(client, 'query', query);
      release();
    });
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    client.release();
    expect(texts).toEqual(['select 1 as one']);
    expect((await orders.pool.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
    expect(stats(orders.pool)).toMatchObject({ active: 0, idle: 1 });
  });

  test('runs cursors and streams, which count as use', async () => {
    await using orders = openPg(server);
    await using client = await orders.pool.connect();
    const cursor = client.query(new Cursor('select generate_series(1, 3) as n'));
    expect(await cursor.read(2)).toEqual([{ n: 1 }, { n: 2 }]);
    await cursor.close();
    const rows: unknown[] = [];
    for await (const row of client.query(new QueryStream('select generate_series(1, 3) as n'))) rows.push(row);
    expect(rows).toHaveLength(3);
  });

  test('leaves a rejection that nobody handles unhandled, and one that is handled handled', async () => {
    await using orders = openPg(server);
    await using client = await orders.pool.connect();
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    await client.query('select 1/0').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(unhandled).toEqual([]);
    process.off('unhandledRejection', note);
  });
});

describe('after the release', () => {
  test('each form fails in its own way', async () => {
    await using orders = openPg(server);
    const client = await orders.pool.connect();
    client.release();
    const stale = { code: 'LIFEGUARD_STALE_HANDLE' };
    await expect(client.query('select 1')).rejects.toMatchObject(stale);
    await expect(promisify((text: string, done: (error: Error) => void) => client.query(text, done))('select 1')).rejects.toMatchObject(stale);
    expect(() => client.escapeLiteral('a')).toThrow(expect.objectContaining(stale));
    await expect(client.query(new Cursor('select 1')).read(1)).rejects.toMatchObject(stale);
    const stream = client.query(new QueryStream('select 1'));
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject(stale);
    expect(() => hold(client, 'late')).toThrow(expect.objectContaining({ code: 'LIFEGUARD_NOT_HELD' }));
  });

  test('what is legal after a release stays so', async () => {
    await using orders = openPg(server);
    const client = await orders.pool.connect();
    const listener = (): void => undefined;
    client.on('notice', listener);
    client.release();
    expect(client.removeListener('notice', listener)).toBe(client);
    expect(Reflect.get(client, 'processID')).toBeTypeOf('number');
  });

  test('disposal does nothing', async () => {
    await using orders = openPg(server, { max: 1 });
    {
      await using client = await orders.pool.connect();
      client.release();
      await using next = await orders.pool.connect();
      expect(next).not.toBe(client);
    }
    expect(stats(orders.pool)).toMatchObject({ active: 0, idle: 1 });
    expect(orders.alarms()).toEqual([]);
  });
});

test('a callback runs in the context of its caller, also when another one\'s release serves it', async () => {
  await using orders = openPg(server, { max: 1 });
  const context = new AsyncLocalStorage<string>();
  const first = await orders.pool.connect();
  const seen = new Promise((resolve, reject) => {
    context.run('the waiter', () => {
      orders.pool.connect((error, _client, done) => {
        if (error) reject(error);
        done();
        resolve(context.getStore());
      });
    });
  });
  context.run('the releaser', () => first.release());
  expect(await seen).toBe('the waiter');
});

test('`promisify` gets a client from the callback form', async () => {
  await using orders = openPg(server);
  const connect = promisify((done: (error: Error | undefined, client: pg.PoolClient | undefined) => void) => orders.pool.connect(done));
  const client = await connect();
  client?.release();
  expect(stats(orders.pool)).toMatchObject({ acquired: 1, returned: 1 });
});

describe('a connection that is lent bare', () => {
  test('is the driver\'s own object each time, and is a lease all the same', async () => {
    await using orders = openPg(server, { max: 1 }, { handles: 'bare', idleLimitMs: 1000 });
    const seen: unknown[] = [];
    orders.pool.on('connect', (client) => seen.push(client));
    const first = await orders.pool.connect();
    expect(seen).toEqual([first]);
    orders.clock.pass(1250);
    first.release();
    const second = await orders.pool.connect();
    expect(second).toBe(first);
    second.release();
    expect(() => second.release()).toThrow('already been released');
    expect(orders.alarms()).toEqual(['leak-suspected', 'returned-late', 'stale-handle']);
    expect(stats(orders.pool)).toMatchObject({ acquired: 2, returned: 2, active: 0 });
  });

  test('is disposable while it is lent, and no longer', async () => {
    await using orders = openPg(server, { max: 1 }, { handles: 'bare' });
    {
      await using client = await orders.pool.connect();
      await client.query('select 1');
    }
    expect(stats(orders.pool)).toMatchObject({ active: 0, idle: 1 });
    const client = await orders.pool.connect();
    client.release();
    expect(Symbol.asyncDispose in client).toBe(false);
  });
});

describe('connections', () => {
  test('are told of when they are made and closed', async () => {
    await using orders = openPg(server, { max: 1 });
    const client = await orders.pool.connect();
    const pid: unknown = Reflect.get(client, 'processID');
    expect(orders.events[0]).toEqual({ type: 'created', pool: 'orders', atMs: expect.any(Number), serverId: pid });
    client.release(true);
    await new Promise((resolve) => orders.pool.once('remove', resolve));
    expect(orders.events.at(-1)).toMatchObject({ type: 'destroyed', serverId: pid });
    expect(stats(orders.pool)).toMatchObject({ connectionsCreated: 1, connectionsDestroyed: 1, destroyed: 1, returned: 0, total: 0 });
  });

  test('that the server ends while they are held do not end the process, and are told of with their holder', async () => {
    await using orders = openPg(server, { max: 2 });
    const client = await orders.pool.connect();
    await orders.pool.query('select pg_terminate_backend($1)', [Reflect.get(client, 'processID')]);
    while (!orders.alarms().includes('connection-lost')) await new Promise((resolve) => setImmediate(resolve));
    expect(orders.events.find(({ type }) => type === 'connection-lost')).toMatchObject({ code: '57P01', site: { file: import.meta.filename } });
    await expect(client.query('select 1')).rejects.toThrow('Client has encountered a connection error and is not queryable');
    client.release();
    expect(stats(orders.pool)).toMatchObject({ connectionsLost: 1, active: 0, total: 1 });
  });
});
