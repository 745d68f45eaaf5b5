import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Account, reaches } from './account.ts';
import { environmentWith } from './environment.ts';
import { freePort } from './port.ts';
import type { Workplace } from './workplace.ts';

/** A PostgreSQL that runs until its workplace is closed. */
export interface Postgres {
  /** `18.4`. */
  readonly version: string;
  /** With user and password. */
  readonly url: string;
  /** Rejects when the server ends by itself. */
  readonly ended: Promise<never>;
}

const user = 'orders';

/** What makes it start fast, where nothing need outlive the demo, and leave nothing outside its folder. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '16MB',
  dynamic_shared_memory_type: 'mmap',
  io_method: 'sync',
} as const;

/**
 * Starts a PostgreSQL on a free port, with its data in the workplace.
 *
 * As root it runs as an unprivileged user; where that user cannot reach the binaries, because a
 * folder above them is closed, they are copied beside the data first.
 *
 * @throws Error with the output of initdb or of the server, when it does not start.
 */
export async function startPostgres(
  binaries: string,
  account: Account | undefined,
  workplace: Workplace,
): Promise<Postgres> {
  const own = reachable(binaries, account, workplace);
  const data = path.join(workplace.server, 'data');
  const password = randomBytes(12).toString('hex');
  await initialise(own, data, password, account, workplace);
  const port = await freePort();
  const flags = Object.entries({ ...settings, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = spawn(path.join(own, 'bin/postgres'), ['-D', data, ...flags], {
    ...account,
    cwd: workplace.server,
    env: environmentWith({ LC_ALL: 'C' }),
    stdio: ['ignore', 'ignore', 'pipe'],
    // An interrupt from the terminal is for the demo, which then closes the workplace.
    detached: true,
  });
  if (server.pid !== undefined) {
    server.once('exit', workplace.endWith(server.pid, 'SIGQUIT'));
  }
  let log = '';
  const ended = new Promise<never>((_, reject) => {
    server.once('error', reject);
    server.once('close', () => reject(new Error(`PostgreSQL ended:\n${log}`)));
  });
  // Whoever no longer waits for it need not hear of it.
  ended.catch(() => undefined);
  const version = new Promise<string>((resolve) => {
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-8_192);
      if (log.includes('database system is ready to accept connections')) {
        resolve(/starting PostgreSQL (\S+)/.exec(log)?.[1] ?? '');
      }
    });
  });
  return {
    version: await Promise.race([version, ended]),
    url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    ended,
  };
}

async function initialise(
  binaries: string,
  data: string,
  password: string,
  account: Account | undefined,
  { server, endWith }: Workplace,
): Promise<void> {
  const passwordFile = path.join(server, 'password');
  writeFileSync(passwordFile, password);
  const initdb = promisify(execFile)(
    path.join(binaries, 'bin/initdb'),
    [
      `--pgdata=${data}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
      // The hash of the password takes most of the time of a connection, and protects nothing here.
      '--set=scram_iterations=1',
    ],
    { ...account, cwd: server, env: environmentWith({ LC_ALL: 'C' }) },
  );
  const { pid } = initdb.child;
  const hasEnded = pid === undefined ? undefined : endWith(pid, 'SIGKILL');
  await initdb;
  hasEnded?.();
}

/** The binaries, or a copy of them in the server's folder. */
function reachable(binaries: string, account: Account | undefined, { server }: Workplace): string {
  if (reaches(account, path.join(binaries, 'bin/postgres'))) {
    return binaries;
  }
  const copy = path.join(server, 'binaries');
  cpSync(binaries, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'go+rX', copy]);
  return copy;
}
