import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unprivileged } from './account.ts';
import { makeFolder } from './folder.ts';
import { freePort } from './port.ts';
import { findProgram, type Program } from './program.ts';
import { type Command, type Config, Server } from './server.ts';

/** What a MariaDB for a test differs in from the default. */
export interface MariaDbOptions {
  /** Options of mariadbd, by name, without dashes before. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** A MariaDB that runs for one test file, and how to reach it. */
export class MariaDbServer extends Server {
  readonly host = '127.0.0.1';
  readonly user = 'lifeguard';
  readonly password = 'a-secret-of-mariadb';
  readonly database = 'lifeguard';
  readonly port: number;

  constructor(port: number, command: Command) {
    super(command);
    this.port = port;
  }

  /** What a connection or a pool of mysql, mysql2 and mariadb takes: those of a user who owns the database, and no more. */
  get config(): Config {
    const { host, port, user, password, database } = this;
    return { host, port, user, password, database };
  }

  /** As {@link MariaDbServer.config}, for a user who may do all: set what is global, write where it is read only. */
  get adminConfig(): Config {
    return { ...this.config, user: 'admin' };
  }
}

const daemon: Program = { names: ['mariadbd', 'mysqld'], package: 'mariadb-server' };
const installer: Program = { names: ['mariadb-install-db', 'mysql_install_db'], package: 'mariadb-server' };

/** What makes it start and stop fast, where nothing need outlive the machine; its files stay in its folder. */
const settings = {
  'bind-address': '127.0.0.1',
  'innodb-buffer-pool-size': '16M',
  'innodb-flush-log-at-trx-commit': 2,
  'innodb-log-file-size': '4M',
  'innodb-use-native-aio': 0,
  'skip-log-bin': 1,
  'skip-name-resolve': 1,
} as const;

/** Whether a MariaDB can be started here; see {@link findProgram} for what happens when none can. */
export async function isMariaDbHere(): Promise<boolean> {
  return (await findProgram(daemon)) !== undefined;
}

/**
 * Starts a MariaDB of its own on a free port, with its data in a temporary folder; as root, as an unprivileged user.
 *
 * @throws Error when there is none (ask {@link isMariaDbHere} first), and with its output when it does not start.
 */
export async function startMariaDb(options: MariaDbOptions = {}): Promise<MariaDbServer> {
  const [file, install] = [await findProgram(daemon), await findProgram(installer)];
  if (file === undefined || install === undefined) throw new Error('There is no MariaDB here.');
  const account = unprivileged();
  const folder = makeFolder('mariadb', account, 'KILL');
  try {
    const port = await freePort();
    const inFolder = (name: string): string => join(folder.path, name);
    const data = ['--no-defaults', `--datadir=${inFolder('data')}`, `--innodb-log-file-size=${settings['innodb-log-file-size']}`];
    const flags = { ...settings, port, socket: inFolder('socket'), tmpdir: folder.path, 'pid-file': inFolder('pid'), 'init-file': inFolder('init.sql') };
    const server = new MariaDbServer(port, {
      file,
      arguments: [...data, ...Object.entries({ ...flags, ...options.settings }).map(([name, value]) => `--${name}=${value}`)],
      account,
      folder,
      ready: /ready for connections/u,
      stopSignal: 'SIGTERM',
    });
    writeFileSync(flags['init-file'], init(server));
    // Two that are made at once would take each other's temporary tables for their own.
    const made = promisify(execFile)(install, [...data, '--auth-root-authentication-method=normal', '--skip-test-db', `--basedir=${dirname(dirname(file))}`], { ...account, cwd: folder.path, env: { ...process.env, TMPDIR: folder.path } });
    folder.keep(made.child.pid);
    await made;
    await server.start();
    return server;
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** Run at every start, one statement per line. */
function init({ user, password, database, adminConfig: admin }: MariaDbServer): string {
  return `CREATE DATABASE IF NOT EXISTS ${database};
CREATE USER IF NOT EXISTS ${user}@'%' IDENTIFIED BY '${password}';
GRANT ALL ON ${database}.* TO ${user}@'%';
CREATE USER IF NOT EXISTS ${admin.user}@'%' IDENTIFIED BY '${password}';
GRANT ALL ON *.* TO ${admin.user}@'%' WITH GRANT OPTION;
`;
}
