import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hold, scope, type ExhaustedError, type Exhaustion } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg, type Opened } from '../pg/open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** What is told to a caller who has waited for a second. */
async function exhaust({ pool, clock }: Opened, meanwhile = (): Promise<void> => Promise.resolve()): Promise<Exhaustion> {
  const waiting = pool.connect().then(
    () => Promise.reject(new Error('It got one.')),
    (error: unknown) => (error as ExhaustedError).lifeguard,
  );
  clock.pass(500);
  await meanwhile();
  clock.pass(500);
  return waiting;
}

const options = { acquireTimeoutMs: 1000, waitWarnMs: false } as const;

test('a leak, where most connections run nothing', async () => {
  await using orders = openPg(server, { max: 1 }, options);
  const client = await orders.pool.connect();
  const { cause, advice } = await exhaust(orders);
  expect(cause).toBe('leak');
  expect(advice).toContain(`acquired at ${import.meta.filename}:`);
  client.release();
});

test('slow queries, where most connections have run one statement all the while', async () => {
  await using orders = openPg(server, { max: 1 }, options);
  const client = await orders.pool.connect();
  const slow = client.query('select pg_sleep(0.1)');
  expect(await exhaust(orders)).toMatchObject({ cause: 'slow queries', holders: [{ doing: 'running SQL' }], advice: expect.stringContaining('pg_sleep') });
  await slow;
  client.release();
});

test('too few, where connections come and go', async () => {
  await using orders = openPg(server, { max: 1 }, options);
  let client = await orders.pool.connect();
  const before = orders.pool.connect();
  const found = await exhaust(orders, async () => {
    client.release();
    client = await before;
    await client.query('select 1');
    orders.clock.pass(200);
    await client.query('select 1');
  });
  expect(found).toMatchObject({ cause: 'undersized' });
  client.release();
});

test('too few, where connections are held on purpose', async () => {
  await using orders = openPg(server, { max: 1 }, options);
  const client = hold(await orders.pool.connect(), 'LISTEN orders');
  expect(await exhaust(orders)).toMatchObject({ cause: 'undersized' });
  client.release();
});

test('a deadlock, where all who hold wait', async () => {
  await using orders = openPg(server, { max: 1 }, { ...options, deadlock: 'warn' });
  await scope('job', async () => {
    const client = await orders.pool.connect();
    expect(await exhaust(orders)).toMatchObject({ cause: 'deadlock', holders: [{ doing: 'waiting', scope: 'job' }] });
    client.release();
  });
});

test('a blocked event loop, where nothing could run for most of the time', async () => {
  await using orders = openPg(server, { max: 1 }, options);
  const client = await orders.pool.connect();
  const found = await exhaust(orders, () => {
    orders.clock.freeze(5000);
    orders.clock.pass(1000);
    return Promise.resolve();
  });
  expect(found.cause).toBe('blocked event loop');
  client.release();
});

test('a server that does not answer, where less is lent than may be', async () => {
  const sockets = new Set<Socket>();
  const silent = await listen(createServer((socket) => void sockets.add(socket)));
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await using orders = openPg(server, { max: 1, port }, options);
  expect(await exhaust(orders)).toMatchObject({ cause: 'cannot connect', active: 0, holders: [] });
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
});

function listen(made: Server): Promise<Server> {
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve(made)));
}
