import { execFileSync, spawnSync } from 'node:child_process';

/** The user that a server runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user for servers that refuse to run as root: `nobody`, who exists everywhere (initdb looks its
 * user up by name), when this process is root's; else `undefined`, this process's own user.
 */
export function unprivileged(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Whether the account can enter a folder or run a file; asked of the kernel, as its user. */
export function reaches(account: Account | undefined, path: string): boolean {
  return spawnSync('test', ['-x', path], { ...account, cwd: '/' }).status === 0;
}
