import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Account, reaches } from './account.ts';

/** A temporary folder, and the processes that work in it. */
export interface Workplace {
  readonly path: string;
  /** The folder in it that belongs to the server. */
  readonly server: string;
  /** Has a process ended with the workplace, by a signal; the returned function says that it has. */
  readonly endWith: (pid: number, signal: NodeJS.Signals) => () => void;
  /** Ends the processes, and removes the folder unless it is kept; a second call waits for the first. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a workplace that is closed with this process, however that ends: a process of its own sees
 * to that.
 *
 * @param isKept - Leave the folder behind, without the server's part.
 * @throws Error when no folder for temporary files can be reached by the account of the server.
 */
export function openWorkplace(account: Account | undefined, isKept: boolean): Workplace {
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => reaches(account, folder));
  if (parent === undefined) {
    throw new Error('No folder for temporary files is open to the account of the server.');
  }
  const folder = mkdtempSync(path.join(parent, 'lifeguard-demo-'));
  const server = path.join(folder, 'postgres');
  const keeper = spawn(
    process.execPath,
    [fileURLToPath(new URL('keeper.js', import.meta.url)), isKept ? server : folder],
    // In a session of its own: an interrupt from the terminal must not reach it.
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: path.parse(folder).root,
      detached: true,
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  const gone = once(keeper, 'exit');
  keeper.stdin.on('error', () => undefined);
  mkdirSync(server, { mode: 0o700 });
  if (account !== undefined) {
    // `mkdtemp` closes what it makes.
    chmodSync(folder, 0o711);
    chownSync(server, account.uid, account.gid);
  }
  return {
    path: folder,
    server,
    endWith: (pid, signal) => {
      keeper.stdin.write(`${signal} ${pid}\n`);
      return () => keeper.stdin.write(`- ${pid}\n`);
    },
    close: async () => {
      keeper.stdin.end();
      await gone;
    },
  };
}
