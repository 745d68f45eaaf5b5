import { promisify } from 'node:util';
import * as mariadb from 'mariadb';
import * as mariadbCallback from 'mariadb/callback';
import { afterAll, beforeAll, test } from 'vitest';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { expectSame, shown, type Log } from './log.ts';

let server: MariaDbServer;
beforeAll(async () => {
  server = await startMariaDb();
});
afterAll(() => server.stop());

function idOf(connection: unknown): unknown {
  return Reflect.get(Object(connection) as object, 'threadId');
}

function count(from: mariadb.Pool | mariadbCallback.Pool): readonly number[] {
  return [from.totalConnections(), from.activeConnections(), from.idleConnections(), from.taskQueueSize()];
}

/** Connections are made ahead, at a time of their own: what is told of them is no part of any order. */
function hear(from: mariadb.Pool | mariadbCallback.Pool, log: Log): void {
  from.on('acquire', (connection) => log.note('acquire', log.id(idOf(connection))));
  from.on('release', (connection) => log.note('release', log.id(idOf(connection))));
  from.on('enqueue', () => log.note('enqueue'));
}

test('events come in the same order, with the same counters', () => expectSame({
  open: () => mariadb.createPool({ ...server.config, connectionLimit: 1 }),
  async run(from, log) {
    await (await from.getConnection()).release();
    hear(from, log);
    const first = await from.getConnection();
    log.note(count(from));
    const second = from.getConnection();
    log.note('waiting', count(from));
    await log.settled('released', () => first.release());
    const next = await second;
    log.note('served', count(from), next.isValid());
    await next.end();
    log.note('ended', count(from));
    await from.query('select 1');
    log.note('queried', count(from));
    await from.end();
    log.note('closed', from.closed);
  },
}));

test('calls fail with the same errors, in the same form', () => expectSame({
  open: () => mariadb.createPool({ ...server.config, connectionLimit: 1, acquireTimeout: 1500 }),
  async run(from, log) {
    const connection = await from.getConnection();
    await log.settled('a timeout', () => from.getConnection().catch((error: unknown) => Promise.reject(Object.assign(new Error('a timeout'), { code: Reflect.get(Object(error) as object, 'code') as unknown }))));
    await log.settled('a bad query', () => connection.query('select nothing'));
    await connection.release();
    await log.settled('a second release', () => connection.release());
    const other = await from.getConnection();
    log.note('destroyed', other.destroy(), from.activeConnections());
    await from.end();
    await log.settled('an ended pool', () => from.getConnection());
    await log.settled('a second end', () => from.end());
  },
}));

test('a wrong password is told of alike', () => expectSame({
  open: () => mariadb.createPool({ ...server.config, password: 'wrong', connectionLimit: 1, acquireTimeout: 300, initializationTimeout: 200 }),
  async run(from, log) {
    await log.settled('getConnection', () => from.getConnection().catch((error: unknown) => Reflect.get(Object(error) as object, 'code') as unknown));
    await from.end();
  },
}));

test('a connection looks and works alike', () => expectSame({
  open: () => mariadb.createPool({ ...server.config, connectionLimit: 2 }),
  async run(from, log) {
    const connection = await from.getConnection();
    log.note(connection.constructor.name, Object.keys(connection).sort(), typeof connection.threadId, connection.isValid());
    log.note(connection.release === connection.release, typeof connection[Symbol.asyncDispose]);
    await connection.query('create table if not exists transparent (id int)');
    await connection.beginTransaction();
    await connection.batch('insert into transparent values (?)', [[1], [2]]);
    log.note(await connection.query('select count(*) as n from transparent'), (connection.info?.status ?? 0) & 1);
    await connection.rollback();
    const rows: unknown[] = [];
    for await (const row of connection.queryStream('select 1 as n union select 2')) rows.push(row);
    log.note(rows, connection.escape('a\'b'));
    const statement = await connection.prepare('select ? as n');
    log.note(await statement.execute([4]));
    statement.close();
    await connection.query('drop table transparent');
    await connection.release();
    await from.end();
  },
}));

test('callbacks get the same, and are called alike', () => expectSame({
  open: () => mariadbCallback.createPool({ ...server.config, connectionLimit: 1, acquireTimeout: 1500 }),
  async run(from, log) {
    await new Promise<void>((resolve) => {
      log.note('returns', from.getConnection(function (this: unknown, ...args: readonly unknown[]) {
        const [error, connection] = args as [unknown, mariadbCallback.PoolConnection];
        log.note('callback', this, args.length, error, connection.constructor.name, Object.keys(connection).sort());
        connection.query('select 1 as one', (failure: unknown, rows: unknown) => {
          log.note('answered', failure, rows);
          connection.query('select nothing', (bad: unknown) => {
            log.note('a bad query', bad instanceof Error, Reflect.get(Object(bad) as object, 'code'));
            log.note('released', connection.release((late?: unknown) => {
              log.note('told', late, count(from));
              resolve();
            }));
          });
        });
      }));
    });
    try {
      Reflect.apply(Reflect.get(from, 'getConnection') as () => void, from, []);
    } catch (error) {
      log.note('no callback', shown(error));
    }
    const taken = promisify<mariadbCallback.PoolConnection | undefined>((done) => from.getConnection(done));
    const connection = await taken();
    log.note('promisified', connection?.constructor.name);
    connection?.release(() => undefined);
    await new Promise<void>((resolve) => from.end(() => resolve()));
  },
}));
