import { createPool } from 'generic-pool';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { guard, unguard } from '../../../packages/guard/dist/index.js';

test('`kill -USR2` prints who holds the connections of every pool that asked for it, and the process goes on', async () => {
  const child = fork(fileURLToPath(new URL('programs/holds.mjs', import.meta.url)), { silent: true });
  const { stderr } = child;
  if (stderr === null) throw new Error('The child has no standard error.');
  let text = '';
  stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  expect(await once(child, 'message')).toEqual([[1, 0], undefined]);
  child.kill('SIGUSR2');
  while (!text.includes('users')) await once(stderr, 'data');
  const [counts, head, row, ...rest] = text.trimEnd().split('\n');
  expect(counts).toBe('lifeguard: orders: 1 of 2 lent, 0 waiting');
  expect(head).toMatch(/^ {2}lease {2}held +state +doing +acquired at +scope +last SQL$/u);
  expect(row).toMatch(/^ {2}\d+ +\d\.\d s +held +idle +test\/guard\/sinks\/programs\/holds\.mjs:\d+:\d+ \(loadOrder\) +GET \/orders$/u);
  expect(rest).toEqual(['lifeguard: users: 0 of 2 lent, 0 waiting']);
  child.send('let go');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the listener is there only as long as a pool wants it', () => {
  const before = process.listenerCount('SIGUSR2');
  const pools = [1, 2].map(() => guard(createPool({ create: () => Promise.resolve({}), destroy: () => Promise.resolve() }), { printOnSignal: 'SIGUSR2' }));
  expect(process.listenerCount('SIGUSR2')).toBe(before + 1);
  unguard(pools[0] ?? {});
  expect(process.listenerCount('SIGUSR2')).toBe(before + 1);
  unguard(pools[1] ?? {});
  expect(process.listenerCount('SIGUSR2')).toBe(before);
  const plain = guard(createPool({ create: () => Promise.resolve({}), destroy: () => Promise.resolve() }));
  expect(process.listenerCount('SIGUSR2')).toBe(before);
  unguard(plain);
});
