import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unprivileged } from './account.ts';
import { makeFolder } from './folder.ts';
import { freePort } from './port.ts';
import type { PostgresServer } from './postgres.ts';
import { findProgram, type Program } from './program.ts';
import { type Command, type Config, Server } from './server.ts';

/** When a PgBouncer takes the server's connection back: after a transaction, or when the client leaves. */
export type PoolMode = 'transaction' | 'session';

/** A PgBouncer before a PostgreSQL, and how to reach it. */
export class PgBouncerServer extends Server {
  /** The PostgreSQL's own, with the port of the PgBouncer. */
  readonly config: Config;

  constructor(config: Config, command: Command) {
    super(command);
    this.config = config;
  }
}

const daemon: Program = { names: ['pgbouncer'], package: 'pgbouncer' };

/** Whether a PgBouncer can be started here; see {@link findProgram} for what happens when none can. */
export async function isPgBouncerHere(): Promise<boolean> {
  return (await findProgram(daemon)) !== undefined;
}

/**
 * Starts a PgBouncer on a free port before a PostgreSQL.
 *
 * @param settings - Lines of pgbouncer.ini, by name.
 * @throws Error when there is none (ask {@link isPgBouncerHere} first), and with its output when it does not start.
 */
export async function startPgBouncer(postgres: PostgresServer, mode: PoolMode, settings: Readonly<Record<string, string | number>> = {}): Promise<PgBouncerServer> {
  const file = await findProgram(daemon);
  if (file === undefined) throw new Error('There is no PgBouncer here.');
  const account = unprivileged();
  const folder = makeFolder('pgbouncer', account, 'KILL');
  try {
    const port = await freePort();
    const users = join(folder.path, 'users.txt');
    const configuration = join(folder.path, 'pgbouncer.ini');
    writeFileSync(users, `"${postgres.user}" "${postgres.password}"\n`);
    const lines = { listen_addr: '127.0.0.1', listen_port: port, unix_socket_dir: '', auth_type: 'plain', auth_file: users, pool_mode: mode, ...settings };
    writeFileSync(configuration, `[databases]
* = host=${postgres.host} port=${postgres.port}
[pgbouncer]
${Object.entries(lines).map(([name, value]) => `${name} = ${value}`).join('\n')}
`);
    const server = new PgBouncerServer({ ...postgres.config, port }, {
      file,
      arguments: [configuration],
      account,
      folder,
      ready: /process up/u,
      // The signals of its orderly shutdown wait for clients.
      stopSignal: 'SIGQUIT',
    });
    await server.start();
    return server;
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
