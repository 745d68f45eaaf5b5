import pg from 'pg';
import { stats } from '../../../packages/guard/dist/index.js';
import { startPostgres } from '../../servers/postgres.ts';
import { isFrozen } from './frozen.ts';
import { watched } from '../watched.ts';
import type { Maker } from './subject.ts';

const subjects = 'subject';

export const ofPg: Maker = {
  driver: 'pg',
  isHere: true,
  async start() {
    const server = await startPostgres();
    const tell = async (sql: string, values: readonly unknown[] = []): Promise<pg.QueryResult<{ n: number }>> => {
      const admin = new pg.Client(server.config);
      await admin.connect();
      await admin.query('set default_transaction_read_only = off');
      try {
        return await admin.query<{ n: number }>(sql, [...values]);
      } finally {
        await admin.end();
      }
    };
    await tell('create table written (n int)');
    const setReadOnly = async (isReadOnly: boolean): Promise<void> => {
      await tell(`alter system set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`);
      await tell('select pg_reload_conf()');
      // That asks for the reload, and does not wait. Where a new connection has the setting, those before it have been told.
      const setting = "select (reset_val = 'on')::int as n from pg_settings where name = 'default_transaction_read_only'";
      for (let round = 0; (await tell(setting)).rows[0]?.n !== Number(isReadOnly); round += 1) {
        if (round > 1_000) throw new Error('The server does not obey the reload.');
      }
    };
    return {
      sleep: 'select pg_sleep(2)',
      lost: /terminat|not queryable|ECONNRESET/u,
      readOnly: /25006/u,
      host: server.host,
      port: server.port,
      open(proxy, max, options = {}) {
        const bare = new pg.Pool({ ...server.config, port: proxy.port, max, application_name: subjects, idleTimeoutMillis: 0 });
        bare.on('error', () => undefined);
        const { pool, clock, events } = watched(bare, options);
        return {
          clock,
          events,
          async acquire() {
            const client = await pool.connect();
            return {
              id: Number(Reflect.get(client, 'processID')),
              ask: (sql) => client.query(sql),
              release: () => client.release(),
            };
          },
          ask: (sql) => pool.query(sql),
          stats: () => stats(pool),
          [Symbol.asyncDispose]: () => pool.end(),
        };
      },
      async count() {
        const { rows } = await tell('select count(*)::int as n from pg_stat_activity where application_name = $1', [subjects]);
        return rows[0]?.n ?? 0;
      },
      async end(id) {
        await tell('select pg_terminate_backend($1)', [id]);
      },
      setReadOnly,
      isFrozen: () => isFrozen(server.pid),
      kill: (name) => server.kill(name),
      restart: () => server.restart(),
      async mend() {
        await server.restart('SIGKILL');
        await setReadOnly(false);
      },
      stop: () => server.stop(),
    };
  },
};
