import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isMariaDbHere } from './mariadb.ts';
import { isRedisHere } from './redis.ts';
import { runs, signal, tree } from './tree.ts';

const redis = { module: './redis.ts', start: 'startRedis', here: await isRedisHere() };
const deaths = [
  { module: './postgres.ts', start: 'startPostgres', here: true, name: 'SIGKILL', frozen: true },
  { module: './mariadb.ts', start: 'startMariaDb', here: await isMariaDbHere(), name: 'SIGKILL', frozen: true },
  { ...redis, name: 'SIGKILL', frozen: false },
  { ...redis, name: 'SIGTERM', frozen: false },
  { ...redis, name: 'SIGINT', frozen: false },
] as const;

test.each(deaths.filter(({ here }) => here))('$start leaves nothing when the test process ends by $name without a stop (frozen: $frozen)', async ({ module, start, name, frozen }) => {
  const { child, pid, folder } = await orphan(module, start);
  const processes = tree(pid);
  expect(processes.every(runs) && existsSync(folder)).toBe(true);
  if (frozen) signal(processes, 'SIGSTOP');
  child.kill(name);
  await expect.poll(() => [existsSync(folder), ...processes.filter(runs)], { timeout: 20_000 }).toEqual([false]);
});

async function orphan(module: string, start: string): Promise<{ child: ChildProcess; pid: number; folder: string }> {
  const program = fileURLToPath(new URL('orphan.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, module, start], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const { pid, folder }: { pid: number; folder: string } = JSON.parse(String(line));
  return { child, pid, folder };
}
