import mariadb from 'mariadb';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { guard } from '../../../packages/guard/dist/index.js';
import type { MariaDbServer } from '../../servers/mariadb.ts';
import type { PostgresServer } from '../../servers/postgres.ts';
import { options } from './options.ts';
import type { Held, Kind } from './subject.ts';

/** What is thrown at once is a rejection here. */
function attempt(call: () => void): Promise<void> {
  return new Promise((resolve) => resolve(call()));
}

/** pg on a real server. */
export function pgOn(server: PostgresServer, admin: pg.Client): Kind {
  return {
    name: 'pg',
    twice: 'fails',
    withdraws: false,
    dropsKilled: false,
    open(max, clock) {
      const pool = guard(new pg.Pool({ ...server.config, max, idleTimeoutMillis: 0 }), options(clock));
      pool.on('error', () => undefined);
      return {
        pool,
        async acquire(): Promise<Held> {
          const client = await pool.connect();
          return {
            resource: Number(Reflect.get(client, 'processID')),
            async use() {
              const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
              return rows[0]?.pid ?? -1;
            },
            release: () => attempt(() => client.release()),
            destroy: () => attempt(() => client.release(true)),
          };
        },
        counts: () => ({ active: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount }),
        async kill(resource) {
          await admin.query('select pg_terminate_backend($1, 5000)', [resource]);
        },
        end: () => pool.end(),
      };
    },
  };
}

/** Ends a session of MariaDB, and waits until it is gone. */
async function killed(admin: mysql.Connection, thread: number): Promise<void> {
  await admin.query(`kill ${thread}`);
  for (let left = 1; left > 0; ) {
    const [rows] = await admin.query<mysql.RowDataPacket[]>(`select count(*) as n from information_schema.processlist where id = ${thread}`);
    left = Number(rows[0]?.['n']);
  }
}

/** mysql2 on a real server. */
export function mysql2On(server: MariaDbServer, admin: mysql.Connection): Kind {
  return {
    name: 'mysql2',
    twice: 'ignored',
    withdraws: false,
    dropsKilled: true,
    open(max, clock) {
      const bare = mysql.createPool({ ...server.config, connectionLimit: max, queueLimit: 0 });
      const core: object = bare.pool;
      const length = (name: string): number => Number(Reflect.get(Object(Reflect.get(core, name)), 'length'));
      const pool = guard(bare, options(clock));
      return {
        pool,
        async acquire(): Promise<Held> {
          const connection = await pool.getConnection();
          return {
            resource: connection.threadId,
            async use() {
              const [rows] = await connection.query<mysql.RowDataPacket[]>('select connection_id() as id');
              return Number(rows[0]?.['id']);
            },
            release: () => attempt(() => connection.release()),
            destroy: () => attempt(() => connection.destroy()),
          };
        },
        counts() {
          const idle = length('_freeConnections');
          return { active: length('_allConnections') - idle, idle, waiting: length('_connectionQueue') };
        },
        kill: (resource) => killed(admin, resource),
        end: () => pool.end(),
      };
    },
  };
}

/** mariadb on a real server. */
export function mariadbOn(server: MariaDbServer, admin: mysql.Connection): Kind {
  return {
    name: 'mariadb',
    twice: 'ignored',
    withdraws: false,
    dropsKilled: true,
    open(max, clock) {
      const pool = guard(mariadb.createPool({ ...server.config, connectionLimit: max, minimumIdle: 0, acquireTimeout: 600_000 }), options(clock));
      return {
        pool,
        async acquire(): Promise<Held> {
          const connection = await pool.getConnection();
          return {
            resource: connection.threadId ?? -1,
            async use() {
              const rows = await connection.query<{ id: bigint }[]>('select connection_id() as id');
              return Number(rows[0]?.id);
            },
            release: () => connection.release(),
            destroy: () => attempt(() => connection.destroy()),
          };
        },
        counts: () => ({
          active: pool.activeConnections(), idle: pool.idleConnections(), waiting: pool.taskQueueSize(),
        }),
        kill: (resource) => killed(admin, resource),
        end: () => pool.end(),
      };
    },
  };
}
