import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Account, reaches } from './account.ts';

/** A temporary folder that is removed, and its server ended, with the test process: by {@link Folder.remove} or by its death. */
export interface Folder {
  readonly path: string;
  /** Names the process that works in the folder; `undefined`: none does. */
  keep(pid: number | undefined): void;
  /** Ends the process that works in the folder, and removes the folder. */
  remove(): Promise<void>;
}

/**
 * Makes a folder that belongs to `account`.
 *
 * @param endSignal - The signal that ends the server at once, with its children (`QUIT`).
 * @throws Error when no folder for temporary files can be reached by the account.
 */
export function makeFolder(name: string, account: Account | undefined, endSignal: string): Folder {
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => reaches(account, folder));
  if (parent === undefined) throw new Error('No folder for temporary files is open to the account of the server.');
  const path = mkdtempSync(join(parent, `lifeguard-${name}-`));
  if (account !== undefined) chownSync(path, account.uid, account.gid);
  const keeper = spawn('/bin/sh', [fileURLToPath(new URL('keeper.sh', import.meta.url)), path, endSignal], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    // In a session of its own: an interrupt from the terminal must not reach it.
    detached: true,
  });
  unref(keeper);
  return {
    path,
    keep: (pid) => keeper.stdin?.write(`${pid ?? ''}\n`),
    remove: async () => {
      if (keeper.exitCode !== null) return;
      const gone = once(keeper, 'exit');
      keeper.ref();
      keeper.stdin?.end();
      await gone;
    },
  };
}

/** Lets this process end while the child runs. */
export function unref(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) {
    // The streams of a child are sockets, which its types leave out.
    if (stream !== null && stream !== undefined && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}
