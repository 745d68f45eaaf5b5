/**
 * A program that ends processes and removes folders as soon as its standard input closes, which it
 * does with the process that started it, however that ends.
 *
 * Arguments: the folders. Input: a line for each process, `<signal> <pid>`, the signal that ends it;
 * `- <pid>` once it has ended.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 10_000;
const lookEveryMs = 20;

for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) {
  process.on(name, () => undefined);
}
const processes = new Map<number, string>();
for await (const line of createInterface({ input: process.stdin })) {
  const [name = '', pid] = line.split(' ');
  if (name === '-') {
    processes.delete(Number(pid));
  } else {
    processes.set(Number(pid), name);
  }
}
await Promise.all([...processes].map(([pid, name]) => end(pid, name)));
for (const folder of process.argv.slice(2)) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: lookEveryMs });
}

async function end(pid: number, name: string): Promise<void> {
  const until = performance.now() + patienceMs;
  let runs = tell(pid, name);
  while (runs && performance.now() < until) {
    await sleep(lookEveryMs);
    runs = tell(pid, 0);
  }
  tell(pid, 'SIGKILL');
}

/** Sends a signal; `false` when there is no such process. */
function tell(pid: number, name: string | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
