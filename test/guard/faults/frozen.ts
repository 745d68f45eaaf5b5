import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tree } from '../../servers/tree.ts';

/** Have all threads of a process and of those it started come to a stop? Where there is no `/proc`, that is taken for granted. */
export function isFrozen(pid: number): boolean {
  if (!existsSync('/proc/self/task')) return true;
  return tree(pid).every((process) => readdirSync(`/proc/${process}/task`).every((thread) => isStopped(`/proc/${process}/task/${thread}/stat`)));
}

/** `pid (name) state …`, where the name may hold anything. */
function isStopped(path: string): boolean {
  const text = readFileSync(path, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).startsWith('T');
}
