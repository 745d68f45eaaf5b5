import { existsSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { Server } from './server.ts';
import { runs, tree } from './tree.ts';

/**
 * Tests what every server for tests must do.
 *
 * @param ask - Connects anew and asks the server something; rejects when it does not answer within `limitMs`.
 */
export function lives<S extends Server>(start: () => Promise<S>, ask: (server: S, limitMs: number) => Promise<void>): void {
  const patienceMs = 10_000;
  let server: S;
  test('starts, and answers', async () => {
    server = await start();
    await ask(server, patienceMs);
    expect(existsSync(server.folder)).toBe(true);
  });

  test('is silent while it is frozen, and answers when it thaws', async () => {
    await server.kill('SIGSTOP');
    await expect(ask(server, 300)).rejects.toThrow();
    expect(server.running).toBe(true);
    await server.kill('SIGCONT');
    await ask(server, patienceMs);
  });

  test('leaves no process when it is killed, and refuses', async () => {
    const processes = tree(server.pid);
    await server.kill('SIGKILL');
    expect(server.running).toBe(false);
    await expect.poll(() => processes.filter(runs)).toEqual([]);
    await expect(ask(server, patienceMs)).rejects.toThrow(/ECONNREFUSED|Socket closed/u);
  });

  test('is started again on the same port, after a crash and while it runs', async () => {
    await server.restart();
    await ask(server, patienceMs);
    const before = server.pid;
    await server.restart();
    expect(server.pid).not.toBe(before);
    expect(runs(before)).toBe(false);
    await ask(server, patienceMs);
  });

  test('leaves no process and no file when it is stopped, even frozen', async () => {
    const processes = tree(server.pid);
    await server.kill('SIGSTOP');
    await server.stop();
    await expect.poll(() => processes.filter(runs)).toEqual([]);
    expect(server.running).toBe(false);
    expect(existsSync(server.folder)).toBe(false);
    await server.stop();
  });

  test('leaves no file when it is stopped after a crash', async () => {
    const other = await start();
    await other.kill('SIGKILL');
    await other.stop();
    expect(existsSync(other.folder)).toBe(false);
  });

  afterAll(() => server.stop());
}
