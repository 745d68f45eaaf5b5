import { guard } from '../../../packages/guard/dist/index.js';
import { createPool as createGenericPool } from 'generic-pool';
import createKnex from 'knex';
import mariadb from 'mariadb';
import mariadbCallback from 'mariadb/callback';
import mysql from 'mysql2';
import mysqlPromise from 'mysql2/promise';
import pg from 'pg';
import { Pool as TarnPool } from 'tarn';

// Every pool keeps its own type: what takes one takes the guarded one.
export const orders: pg.Pool = guard(new pg.Pool());
export const facade: mysqlPromise.Pool = guard(mysqlPromise.createPool({}));
export const knex: ReturnType<typeof createKnex> = guard(createKnex({ client: 'pg' }));

export async function ofPg(): Promise<number | null> {
  const pool = guard(new pg.Pool(), { name: 'orders' });
  await using client = await pool.connect();
  using other = await pool.connect();
  await other.query('select 1');
  pool.connect((error, lent, done) => {
    if (lent === undefined) throw error ?? new Error('nothing was lent');
    using third = lent;
    lent.release(error);
    void third.query('select 1');
    done();
    // @ts-expect-error -- a client is no string
    lent.trim();
  });
  return (await client.query<{ n: number }>('select 1 as n')).rowCount;
}

export async function ofMysql2(): Promise<void> {
  await using connection = await guard(mysqlPromise.createPool({})).getConnection();
  await connection.query('select 1');
  guard(mysql.createPool({})).getConnection((_error, lent) => {
    using one = lent;
    one.query('select 1');
  });
}

export async function ofMariadb(): Promise<void> {
  await using connection = await guard(mariadb.createPool({})).getConnection();
  await connection.query('select 1');
  guard(mariadbCallback.createPool({})).getConnection((_error, lent) => lent?.release(() => undefined));
}

export async function ofGenericPool(): Promise<void> {
  const pool = guard(createGenericPool({ create: () => Promise.resolve(new pg.Client()), destroy: (client) => client.end() }));
  await using client = await pool.acquire();
  await client.query('select 1');
  await using urgent = await pool.acquire(1);
  await urgent.query('select 1');
  // @ts-expect-error -- its release is a promise, which `using` could not wait for
  using hasty = await pool.acquire();
  await hasty.query('select 1');
  const words = guard(createGenericPool({ create: () => Promise.resolve('a word'), destroy: () => Promise.resolve() }));
  (await words.acquire()).trim();
}

export async function ofTarn(): Promise<void> {
  const pool = guard(new TarnPool<pg.Client>({ min: 0, max: 1, create: () => new pg.Client(), destroy: (client) => client.end() }));
  const pending = pool.acquire();
  pending.abort();
  await using client = await pending.promise;
  await client.query('select 1');
}
