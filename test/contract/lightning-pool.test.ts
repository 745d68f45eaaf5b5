import { Pool } from 'lightning-pool';
import { afterAll } from 'vitest';
import { lightningPool as record } from '../../packages/catalogue/src/drivers/lightning-pool.ts';
import { contract, second, type Outcome } from './contract.ts';

interface Thing { readonly id: number }

const pools: Pool<Thing>[] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.closeAsync(true))));

function makePool(max: number): Pool<Thing> {
  let id = 0;
  const pool = new Pool<Thing>({
    create: () => ({ id: id++ }),
    destroy: () => undefined,
    reset: () => new Promise((resolve) => setImmediate(resolve)),
  }, { max });
  pools.push(pool);
  return pool;
}

/** Gives one resource back twice, while two wait for one. */
async function twice(back: (pool: Pool<Thing>, thing: Thing) => unknown): Promise<Outcome> {
  const pool = makePool(1);
  const thing = await pool.acquire();
  const waiters = [pool.acquire(), pool.acquire()];
  void back(pool, thing);
  const outcome = await second(() => back(pool, thing));
  const [one, other] = await Promise.all(waiters);
  return one === other ? 'corrupts' : outcome;
}

contract(record, {
  types: { Pool: () => makePool(1), Resource: () => ({}) },
  twice: {
    'Resource.release': () => twice((pool, thing) => pool.release(thing)),
    'Resource.releaseAsync': () => twice((pool, thing) => pool.releaseAsync(thing)),
    'Resource.destroy': async () => {
      const pool = makePool(1);
      const thing = await pool.acquire();
      pool.destroy(thing);
      return second(() => pool.destroy(thing) as unknown);
    },
    'Resource.destroyAsync': async () => {
      const pool = makePool(1);
      const thing = await pool.acquire();
      await pool.destroyAsync(thing);
      return second(() => pool.destroyAsync(thing));
    },
  },
  arrivals: {
    'Pool.acquire promise Resource': () => makePool(1).acquire(),
    'Pool.acquire callback Resource': () => new Promise((resolve, reject) => {
      makePool(1).acquire((error: unknown, thing: Thing) => (error instanceof Error ? reject(error) : resolve(thing)));
    }),
  },
});
