import { execFileSync, spawnSync } from 'node:child_process';

/** The user that a server runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user for a server that refuses to run as root: `nobody`, who exists everywhere (initdb looks
 * its user up by name), when this process is root's; else `undefined`, this process's own user.
 */
export function unprivileged(): Account | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Whether an account can enter a folder or run a file; asked of the kernel, as its user. */
export function reaches(account: Account | undefined, file: string): boolean {
  return (
    account === undefined || spawnSync('test', ['-x', file], { ...account, cwd: '/' }).status === 0
  );
}
