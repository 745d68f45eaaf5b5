import genericPool from 'generic-pool';
import { Pool as TarnPool } from 'tarn';
import { guard } from '../../../packages/guard/dist/index.js';
import type { Held, Kind } from './subject.ts';
import { options } from './options.ts';

let made = 0;

/** A resource that needs no server. */
class Resource {
  readonly id = (made += 1);

  query(): Promise<number> {
    return Promise.resolve(this.id);
  }
}

/** What a stale handle throws at once is a rejection here. */
async function query(resource: Resource): Promise<number> {
  return await resource.query();
}

export const genericPools: Kind = {
  name: 'generic-pool',
  twice: 'fails',
  withdraws: false,
  dropsKilled: false,
  open(max, clock) {
    const factory = { create: () => Promise.resolve(new Resource()), destroy: () => Promise.resolve() };
    const pool = guard(genericPool.createPool(factory, { max }), options(clock));
    return {
      pool,
      async acquire(): Promise<Held> {
        const resource = await pool.acquire();
        return {
          resource: resource.id,
          use: () => query(resource),
          release: async () => pool.release(resource),
          destroy: async () => pool.destroy(resource),
        };
      },
      counts: () => ({ active: pool.borrowed, idle: pool.available, waiting: pool.pending }),
      kill: undefined,
      async end() {
        await pool.drain();
        await pool.clear();
      },
    };
  },
};

export const tarn: Kind = {
  name: 'tarn',
  twice: 'ignored',
  withdraws: true,
  dropsKilled: false,
  open(max, clock) {
    const bare = new TarnPool<Resource>({ create: () => new Resource(), destroy: () => undefined, min: 0, max, acquireTimeoutMillis: 600_000 });
    const pool = guard(bare, options(clock));
    return {
      pool,
      async acquire(): Promise<Held> {
        const resource = await pool.acquire().promise;
        return {
          resource: resource.id,
          use: () => query(resource),
          release: () => Promise.resolve(pool.release(resource)),
          destroy: undefined,
        };
      },
      counts: () => ({ active: pool.numUsed(), idle: pool.numFree(), waiting: pool.numPendingAcquires() }),
      kill: undefined,
      end: () => pool.destroy(),
    };
  },
};
