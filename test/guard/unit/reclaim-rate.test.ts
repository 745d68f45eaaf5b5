import { createPool } from 'generic-pool';
import { expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { watched } from '../watched.ts';

class Resource {
  query(): string {
    return 'done';
  }
}

test('no more than `reclaim.maxPerMinute` connections are taken back in a minute, and the rest in the next', async () => {
  const pool = createPool({ create: () => Promise.resolve(new Resource()), destroy: () => Promise.resolve() }, { max: 5 });
  const orders = watched(pool, { idleLimitMs: 1000, reclaim: { idle: 'destroy', maxPerMinute: 2 } });
  const forgotten = [];
  for (let count = 0; count < 5; count += 1) forgotten.push(await orders.pool.acquire());
  orders.clock.pass(10_000);
  expect(stats(orders.pool)).toMatchObject({ leaks: 5, reclaims: 2, active: 3 });
  orders.clock.pass(40_000);
  expect(stats(orders.pool)).toMatchObject({ reclaims: 2 });
  orders.clock.pass(15_000);
  expect(stats(orders.pool)).toMatchObject({ reclaims: 4, active: 1 });
  expect(forgotten).toHaveLength(5);
  orders.clock.pass(60_000);
  expect(stats(orders.pool)).toMatchObject({ reclaims: 5, active: 0 });
});
