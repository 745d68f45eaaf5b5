import { once } from 'node:events';
import { promisify } from 'node:util';
// @ts-expect-error -- it has no types
import Cursor from 'pg-cursor';
import pg from 'pg';
import { afterAll, beforeAll, test } from 'vitest';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { expectSame, turns, type Log } from './log.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

function pool(config: pg.PoolConfig = {}): () => pg.Pool {
  return () => new pg.Pool({ ...server.config, max: 1, ...config });
}

/** Drivers call back on what they will. */
function classOf(receiver: unknown): string | undefined {
  return receiver === undefined ? undefined : (Object(receiver) as object).constructor.name;
}

function idOf(client: unknown): unknown {
  return Reflect.get(Object(client) as object, 'processID');
}

function hear(from: pg.Pool, log: Log): void {
  for (const event of ['connect', 'acquire', 'remove'] as const) {
    from.on(event, (client) => log.note(event, log.id(idOf(client)), client instanceof pg.Client, from.totalCount, from.idleCount, from.waitingCount));
  }
  from.on('release', (error, client) => log.note('release', error, log.id(idOf(client)), from.idleCount));
  from.on('error', (error) => log.note('error', error.message));
}

function count({ totalCount, idleCount, waitingCount, expiredCount, ended, ending }: pg.Pool): unknown {
  return { totalCount, idleCount, waitingCount, expiredCount, ended, ending };
}

test('events come in the same order, with the same counters', () => expectSame({
  open: pool(),
  async run(from, log) {
    hear(from, log);
    const first = await from.connect();
    log.note('first', log.id(idOf(first)), count(from));
    const waiting = from.connect().then((client) => {
      log.note('second', log.id(idOf(client)), count(from));
      return client;
    });
    log.note('waiting', count(from));
    log.note('released', first.release());
    (await waiting).release(new Error('unfit'));
    log.note('destroyed', count(from));
    await once(from, 'remove');
    await from.query('select 1');
    log.note('queried', count(from));
    await from.query('select nothing').catch(() => log.note('failed', count(from)));
    await once(from, 'remove');
    await from.end();
    log.note('ended', count(from));
  },
}));

test('calls fail with the same errors, in the same form', () => expectSame({
  open: pool({ connectionTimeoutMillis: 1000 }),
  async run(from, log) {
    const client = await from.connect();
    await log.settled('a timeout', () => from.connect());
    await log.settled('a bad query', () => client.query('select nothing'));
    await log.settled('no query', () => Reflect.apply(Reflect.get(client, 'query') as () => unknown, client, []));
    client.release();
    await log.settled('a second release', () => client.release());
    await log.settled('a bad query of the pool', () => from.query('select nothing'));
    await from.end();
    await log.settled('an ended pool', () => from.connect());
    await log.settled('an ended pool\'s query', () => from.query('select 1'));
    await log.settled('a second end', () => from.end());
  },
}));

test('a wrong host, and a password that is wrong, are told of alike', async () => {
  for (const config of [{ port: 1 }, { password: 'wrong' }, { database: 'nowhere' }]) {
    await expectSame({
      open: pool(config),
      async run(from, log) {
        await log.settled('connect', () => from.connect());
        await new Promise<void>((resolve) => from.connect((error, client, done) => {
          log.note('callback', error instanceof Error, client, typeof done, done());
          resolve();
        }));
        log.note(count(from));
        await from.end();
      },
    });
  }
});

test('callbacks get the same, at the same time, and are called alike', () => expectSame({
  open: pool(),
  async run(from, log) {
    const arrived = new Promise<void>((resolve) => {
      log.note('returns', from.connect(function (this: unknown, ...args: readonly unknown[]) {
        const [error, client, done] = args as [unknown, pg.PoolClient, () => void];
        log.note('callback', classOf(this), args.length, error, client instanceof pg.Client, client.release === done);
        log.note('query returns', typeof client.query('select 1 as one', (failure, result) => {
          log.note('answered', failure, result.rows, count(from));
          done();
          log.note('done', count(from));
          resolve();
        }));
      }));
      log.note('not yet', count(from));
    });
    await arrived;
    const connect = promisify((done: (error: Error | undefined, client: pg.PoolClient | undefined) => void) => from.connect(done));
    const client = await connect();
    log.note('promisified', client instanceof pg.Client);
    client?.release();
    log.note(await promisify((text: string, done: (error: Error, result: pg.QueryResult) => void) => from.query(text, done))('select 2 as two').then(({ rows }) => rows));
    await from.end();
  },
}));

test('a client is the driver\'s, with its members, events, transactions, cursors and notifications', () => expectSame({
  open: pool({ max: 2 }),
  async run(from, log) {
    const client = await from.connect();
    log.note(client instanceof pg.Client, client.constructor.name, typeof client.release, Object.prototype.toString.call(client));
    log.note(Object.keys(client).sort(), 'query' in client, 'nothing' in client);
    client.on('notification', ({ channel, payload }) => log.note('notification', channel, payload));
    await client.query('listen orders');
    await from.query('notify orders, \'one\'');
    await client.query('begin');
    log.note(client.getTransactionStatus());
    await log.settled('a failure', () => client.query('select 1/0'));
    await log.settled('what follows', () => client.query('select 1'));
    await client.query('rollback');
    await turns();
    log.note(client.getTransactionStatus());
    const cursor = client.query(new Cursor('select generate_series(1, 3) as n'));
    log.note(await cursor.read(2), await cursor.read(2));
    await cursor.close();
    log.note((await client.query({ name: 'named', text: 'select $1::int as n', values: [3], rowMode: 'array' })).rows);
    client.removeAllListeners('notification');
    client.release();
    await from.end();
  },
}));
