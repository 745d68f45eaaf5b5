import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process and all that it started, the process first. */
export function tree(pid: number): number[] {
  const parents = parentOf();
  const found = [pid];
  for (const known of found) {
    for (const [child, parent] of parents) if (parent === known) found.push(child);
  }
  return found;
}

/** Whether a process runs; one that ended and was not yet waited for does not. */
export function runs(pid: number): boolean {
  return parentOf().has(pid);
}

/** Sends a signal to processes, of which some may have ended. */
export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

function parentOf(): Map<number, number> {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs();
}

function fromProc(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    const [state, parent] = statOf(name);
    if (state !== undefined && state !== 'Z') parents.set(Number(name), Number(parent));
  }
  return parents;
}

/** `pid (name) state parent …`, where the name may hold anything, brackets too. */
function statOf(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ', 2);
  } catch {
    return [];
  }
}

function fromPs(): Map<number, number> {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' });
  const rows = stdout.trim().split('\n').map((line) => line.trim().split(/\s+/u));
  return new Map(rows.filter(([, , state]) => !state?.startsWith('Z')).map(([pid, parent]) => [Number(pid), Number(parent)]));
}
