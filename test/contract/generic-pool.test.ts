import { createPool } from 'generic-pool';
import { genericPool as record } from '../../packages/catalogue/src/drivers/generic-pool.ts';
import { contract, second } from './contract.ts';

const pool = createPool({ create: () => Promise.resolve({}), destroy: () => Promise.resolve() }, { max: 4 });

contract(record, {
  types: { Pool: () => pool, Resource: () => ({}) },
  twice: {
    'Resource.release': async () => {
      const resource = await pool.acquire();
      await pool.release(resource);
      return second(() => pool.release(resource));
    },
    'Resource.destroy': async () => {
      const resource = await pool.acquire();
      await pool.destroy(resource);
      return second(() => pool.destroy(resource));
    },
  },
  arrivals: {
    'Pool.acquire promise Resource': async () => {
      const resource = await pool.acquire();
      await pool.release(resource);
      return resource;
    },
  },
});
