import mysql from 'mysql2/promise';
import type { GuardOptions } from '../../../packages/guard/dist/index.js';
import { startMariaDb } from '../../servers/mariadb.ts';
import type { Config } from '../../servers/server.ts';
import { isFrozen } from './frozen.ts';
import type { Bench, Subject } from './subject.ts';

/** A MariaDB under subjects of either driver. */
export async function startMySql(open: (config: Config, max: number, options: GuardOptions) => Subject): Promise<Bench> {
  const server = await startMariaDb();
  const tell = async (sql: string): Promise<readonly mysql.RowDataPacket[]> => {
    const admin = await mysql.createConnection(server.adminConfig);
    try {
      const [rows] = await admin.query<mysql.RowDataPacket[]>(sql);
      return rows;
    } finally {
      await admin.end();
    }
  };
  await tell('create table written (n int)');
  return {
    sleep: 'select sleep(2)',
    lost: /closed|lost|ECONNRESET|EPIPE|killed/iu,
    readOnly: /1290|ER_OPTION_PREVENTS_STATEMENT/u,
    host: server.host,
    port: server.port,
    open: (proxy, max, options = {}) => open({ ...server.config, port: proxy.port }, max, options),
    async count() {
      const rows = await tell(`select count(*) as n from information_schema.processlist where user = '${server.user}'`);
      return Number(rows[0]?.['n']);
    },
    async end(id) {
      await tell(`kill ${id}`);
    },
    async setReadOnly(isReadOnly) {
      await tell(`set global read_only = ${isReadOnly ? 1 : 0}`);
    },
    isFrozen: () => isFrozen(server.pid),
    kill: (name) => server.kill(name),
    restart: () => server.restart(),
    // It forgets what was set by a statement.
    mend: () => server.restart('SIGKILL'),
    stop: () => server.stop(),
  };
}
