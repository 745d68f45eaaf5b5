import { Pool } from 'tarn';
import { tarn as record } from '../../packages/catalogue/src/drivers/tarn.ts';
import { contract, second } from './contract.ts';

interface Thing { readonly id: number }

function makePool(max: number): Pool<Thing> {
  let id = 0;
  return new Pool<Thing>({ create: () => Promise.resolve({ id: id++ }), destroy: () => undefined, min: 0, max, validate: () => true });
}

contract(record, {
  types: { Pool: () => makePool(1), Resource: () => ({}) },
  twice: {
    'Resource.release': async () => {
      const pool = makePool(1);
      const resource = await pool.acquire().promise;
      const waiters = [pool.acquire().promise, pool.acquire().promise];
      pool.release(resource);
      const outcome = await second(() => pool.release(resource));
      const [one, other] = await Promise.all(waiters);
      return one === other ? 'corrupts' : outcome;
    },
  },
  arrivals: {
    'Pool.acquire return Resource': () => makePool(1).acquire().promise,
  },
});
