// Holds two connections of two pools, prints who holds them on SIGUSR2, and ends by itself when it is told to let go.
import { createRequire } from 'node:module';
import { guard, scope } from '../../../../packages/guard/dist/index.js';

const { createPool } = createRequire(import.meta.url)('generic-pool');
const made = () => createPool({ create: () => Promise.resolve({}), destroy: () => Promise.resolve() }, { max: 2 });
const orders = guard(made(), { name: 'orders', printOnSignal: 'SIGUSR2' });
const users = guard(made(), { name: 'users', printOnSignal: 'SIGUSR2' });

const held = await scope('GET /orders', function loadOrder() {
  return orders.acquire();
});
process.once('message', async () => {
  await orders.release(held);
  process.disconnect();
});
process.send?.([orders.borrowed, users.borrowed]);
