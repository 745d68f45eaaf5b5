import { promisify } from 'node:util';
import mysql from 'mysql2';
import mysqlPromise from 'mysql2/promise';
import { afterAll, beforeAll, test } from 'vitest';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { expectSame, shown, turns, type Log } from './log.ts';

let server: MariaDbServer;
beforeAll(async () => {
  server = await startMariaDb();
});
afterAll(() => server.stop());

function pool(config: mysql.PoolOptions = {}): () => mysql.Pool {
  return () => mysql.createPool({ ...server.config, connectionLimit: 1, ...config });
}

function promisePool(config: mysql.PoolOptions = {}): () => mysqlPromise.Pool {
  return () => mysqlPromise.createPool({ ...server.config, connectionLimit: 1, ...config });
}

function count(from: object): unknown {
  return ['_allConnections', '_freeConnections', '_connectionQueue'].map((name) => Reflect.get(Object(Reflect.get(from, name)) as object, 'length') as unknown);
}

function idOf(connection: unknown): unknown {
  return Reflect.get(Object(connection) as object, 'threadId');
}

function hear(from: mysql.Pool, log: Log): void {
  for (const event of ['connection', 'acquire', 'release'] as const) {
    from.on(event, (connection) => log.note(event, log.id(idOf(connection)), connection instanceof mysql.PoolConnection, count(from)));
  }
  from.on('enqueue', () => log.note('enqueue', count(from)));
}

function take(from: mysql.Pool): Promise<mysql.PoolConnection> {
  return promisify<mysql.PoolConnection>((done) => from.getConnection(done))();
}

function end(from: mysql.Pool): Promise<void> {
  return new Promise((resolve, reject) => from.end((error) => (error ? reject(error) : resolve())));
}

test('events come in the same order, with the same counters', () => expectSame({
  open: pool(),
  async run(from, log) {
    hear(from, log);
    const first = await take(from);
    const second = take(from);
    const third = take(from);
    log.note('waiting', count(from));
    log.note('released', first.release(), count(from));
    (await second).destroy();
    log.note('destroyed', count(from));
    (await third).release();
    log.note('released', count(from));
    await new Promise((resolve) => from.query('select 1', resolve));
    await turns();
    log.note('queried', count(from));
    await end(from);
  },
}));

test('calls fail with the same errors, in the same form', () => expectSame({
  open: pool({ queueLimit: 1 }),
  async run(from, log) {
    const connection = await take(from);
    const waiting = take(from);
    await new Promise<void>((resolve) => {
      const note = (error: unknown, none: unknown): void => {
        log.note('the queue is full', shown(error), none);
        resolve();
      };
      from.getConnection(note);
      log.note('it was told at once');
    });
    await new Promise<void>((resolve) => connection.query('select nothing', (error, rows, fields) => {
      log.note('a bad query', shown(error), rows, fields);
      resolve();
    }));
    log.note('twice', connection.release(), connection.release());
    const next = await waiting;
    next.destroy();
    next.destroy();
    await end(from);
    await log.settled('an ended pool', () => take(from));
  },
}));

test('a wrong password and a closed port are told of alike', async () => {
  for (const config of [{ password: 'wrong' }, { port: 1 }]) {
    await expectSame({
      open: promisePool(config),
      async run(from, log) {
        await log.settled('getConnection', () => from.getConnection());
        await log.settled('query', () => from.query('select 1'));
        await from.end();
      },
    });
  }
});

test('callbacks get the same, and are called alike', () => expectSame({
  open: pool(),
  async run(from, log) {
    await new Promise<void>((resolve) => {
      log.note('returns', from.getConnection(function (this: unknown, ...args: readonly unknown[]) {
        const [error, connection] = args as [unknown, mysql.PoolConnection];
        log.note('callback', this === undefined, args.length, error, connection instanceof mysql.PoolConnection, count(from));
        const query = connection.query('select 1 as one', function (this: unknown, failure: unknown, rows: unknown) {
          log.note('answered', failure, rows, this === query);
          connection.release();
          resolve();
        });
        log.note(query.constructor.name);
      }));
      log.note('not yet', count(from));
    });
    await end(from);
  },
}));

test('the promise pool and its connections look and work alike', () => expectSame({
  open: promisePool({ connectionLimit: 2 }),
  async run(from, log) {
    from.on('acquire', (connection) => log.note('acquire', log.id(idOf(connection))));
    from.on('release', (connection) => log.note('release', log.id(idOf(connection))));
    const connection = await from.getConnection();
    log.note(connection.constructor.name, connection.connection.constructor.name, Object.keys(connection).sort(), typeof connection.threadId);
    await log.settled('a bad query', () => connection.query('select nothing'));
    await log.settled('a callback is refused', () => Reflect.apply(Reflect.get(connection, 'query') as () => unknown, connection, ['select 1', () => undefined]));
    const statement = await connection.prepare('select ? as n');
    log.note((await statement.execute([4]))[0]);
    await statement.close();
    log.note(connection.escape('a\'b'), connection.format('?', [1]));
    await connection.changeUser({ user: server.user, password: server.password });
    await log.settled('released', () => connection.release());
    await log.settled('released again', () => connection.release());
    await from.end();
    await log.settled('an ended pool', () => from.getConnection());
  },
}));

test('a transaction is its owner\'s alone until it ends', () => expectSame({
  open: promisePool({ connectionLimit: 2 }),
  async run(from, log) {
    const connection = await from.getConnection();
    await connection.query('create table transparent (id int)');
    await connection.beginTransaction();
    await connection.execute('insert into transparent values (?)', [1]);
    log.note((await from.query('select count(*) as n from transparent'))[0]);
    await connection.rollback();
    await connection.beginTransaction();
    await connection.execute('insert into transparent values (?)', [2]);
    await connection.commit();
    log.note((await from.query('select * from transparent'))[0]);
    await connection.query('drop table transparent');
    connection.release();
    await from.end();
  },
}));

test('rows stream alike', () => expectSame({
  open: pool(),
  async run(from, log) {
    const connection = await take(from);
    const read = async (sql: string): Promise<unknown[]> => {
      const rows: unknown[] = [];
      for await (const row of connection.query(sql).stream()) rows.push(row);
      return rows;
    };
    await log.settled('rows', () => read('select 1 as n union select 2'));
    await log.settled('a failure', () => read('select nothing'));
    connection.release();
    await end(from);
  },
}));
