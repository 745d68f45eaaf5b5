import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { absolute } from '../generate/generate.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import { startProxy } from '../servers/proxy.ts';
import { writeProject } from './project.ts';

/** The night is ours: the program asks for it, and goes on when nothing passes any more. */
const night = `import { once } from 'node:events';
export async function night() {
  process.send('night');
  await once(process, 'message');
  process.channel.unref();
}
`;

/** A folder with the programs of a page, in which the guard is installed; drivers and frameworks are found above it. */
export function writePrograms(name: string, files: Readonly<Record<string, string>>): string {
  const cwd = writeProject(name, files);
  symlinkSync(absolute('packages/guard'), join(cwd, 'node_modules/@lifeguard/guard'), 'junction');
  return cwd;
}

/**
 * Runs a program of the docs on a real server, to which the environment leads it.
 *
 * @returns What it printed to both streams, in its order, with the folder left out.
 * @throws Error with what it printed, where it did not end by itself and well.
 */
export async function runProgram(server: PostgresServer, page: string, file: string, code: string): Promise<string> {
  await using proxy = await startProxy(server);
  const cwd = writePrograms(`${page}-${file}`, { [file]: code, 'night.js': night });
  const { host, port } = proxy;
  const env = { ...process.env, PGHOST: host, PGPORT: String(port), PGUSER: server.user, PGPASSWORD: server.password, PGDATABASE: server.database, NO_COLOR: '1' };
  // One file, so that what comes from both streams stands in its order.
  const log = openSync(join(cwd, 'output.txt'), 'w');
  const child = fork(join(cwd, file), { cwd, env, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  child.on('message', () => {
    for (const link of proxy.links) link.set('stall');
    child.send('fell');
  });
  const ended: readonly unknown[] = await once(child, 'close');
  const [status] = ended;
  const output = readFileSync(join(cwd, 'output.txt'), 'utf8').replaceAll(`${cwd}/`, '');
  if (status !== 0) throw new Error(`${file} of ${page} ended with ${String(status)}:\n${output}`);
  return `${output.trimEnd()}\n`;
}

/** What differs from run to run: how long something took. */
export function steady(text: string): string {
  return text.replaceAll(/\b\d+(?:\.\d+)? m?s\b/gu, '… s').replaceAll(/ +/gu, ' ').replaceAll(/─+/gu, '─');
}
