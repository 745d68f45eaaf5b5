import { createPool } from 'generic-pool';
import { expect, test } from 'vitest';
import { scope } from '../../../packages/guard/dist/index.js';
import { watched } from '../watched.ts';

class Resource {
  query(): string {
    return 'done';
  }
}

test('what is acquired after its scope has ended, by work that nobody waited for, is leaked a second after that', async () => {
  const pool = createPool({ create: () => Promise.resolve(new Resource()), destroy: () => Promise.resolve() }, { max: 2 });
  const orders = watched(pool);
  const gate = new AbortController();
  const opened = new Promise((resolve) => gate.signal.addEventListener('abort', resolve));
  let late: Promise<Resource> | undefined;
  await scope('GET /orders', () => {
    late = opened.then(() => orders.pool.acquire());
    return Promise.resolve();
  });
  orders.clock.pass(10_000);
  gate.abort();
  await late;
  expect(orders.alarms()).toEqual([]);
  orders.clock.pass(500);
  expect(orders.alarms()).toEqual(['leak-suspected']);
  orders.clock.pass(700);
  expect(orders.alarms()).toEqual(['leak-suspected', 'leaked']);
});
