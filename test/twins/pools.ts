import { createPool as createGenericPool } from 'generic-pool';
import knex from 'knex';
import * as mariadb from 'mariadb';
import * as mariadbCallback from 'mariadb/callback';
import mysql from 'mysql2';
import mysqlPromise from 'mysql2/promise';
import pg from 'pg';
import { Pool as TarnPool } from 'tarn';
import { DataSource } from 'typeorm';
import type { Config } from '../servers/server.ts';

/** The pool that a program is given, which is guarded, and how it is put away. */
export interface Opened {
  readonly pool: object;
  readonly close: () => Promise<unknown>;
}

/** The servers that the pools are of. */
export interface Databases {
  readonly postgres: Config;
  readonly mariaDb: Config;
}

/** Enough for every program, and few enough for one that would lose them all to show. */
const max = 4;

/** How a pool of each module is made; a program is given one of the module it imports. */
const makers: Readonly<Record<string, (databases: Databases) => Opened | Promise<Opened>>> = {
  pg({ postgres }) {
    const pool = new pg.Pool({ ...postgres, max });
    // An idle connection may be cut; whoever holds one hears of it by himself.
    pool.on('error', () => undefined);
    return { pool, close: () => pool.end() };
  },
  mysql2({ mariaDb }) {
    const pool = mysql.createPool({ ...mariaDb, connectionLimit: max });
    return { pool, close: () => pool.promise().end() };
  },
  'mysql2/promise'({ mariaDb }) {
    const pool = mysqlPromise.createPool({ ...mariaDb, connectionLimit: max });
    return { pool, close: () => pool.end() };
  },
  mariadb({ mariaDb }) {
    const pool = mariadb.createPool({ ...mariaDb, connectionLimit: max, minimumIdle: 1 });
    return { pool, close: () => pool.end() };
  },
  'mariadb/callback'({ mariaDb }) {
    const pool = mariadbCallback.createPool({ ...mariaDb, connectionLimit: max, minimumIdle: 1 });
    return { pool, close: () => new Promise<void>((resolve) => pool.end(() => resolve())) };
  },
  'generic-pool'({ postgres }) {
    const pool = createGenericPool({ create: () => connect(postgres), destroy: (client) => client.end() }, { max });
    return { pool, close: () => pool.drain().then(() => pool.clear()) };
  },
  tarn({ postgres }) {
    const pool = new TarnPool({ create: () => connect(postgres), destroy: (client: pg.Client) => client.end(), min: 0, max });
    return { pool, close: () => pool.destroy() };
  },
  knex({ postgres }) {
    const pool = knex({ client: 'pg', connection: { ...postgres }, pool: { min: 0, max } });
    return { pool, close: () => pool.destroy() };
  },
  async typeorm({ postgres: { user, ...server } }) {
    const source = await new DataSource({ type: 'postgres', ...server, username: user, poolSize: max }).initialize();
    return { pool: source, close: () => source.destroy() };
  },
};

async function connect(config: Config): Promise<pg.Client> {
  const client = new pg.Client({ ...config });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Opens the pool that a program takes.
 *
 * @throws Error where it imports no module that has one.
 */
export async function openFor({ name, text, driver }: { readonly name: string; readonly text: string; readonly driver: string }, databases: Databases): Promise<Opened> {
  const modules = Object.keys(makers).filter((module) => module.split('/')[0] === driver && text.includes(`from '${module}'`));
  const make = makers[modules.at(-1) ?? ''];
  if (make === undefined) throw new Error(`${name} imports no pool of ${driver}.`);
  return make(databases);
}
