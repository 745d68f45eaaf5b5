import { createPool } from 'generic-pool';
import { expect, test } from 'vitest';
import { guard, stats, type Guarded } from '../../../packages/guard/dist/index.js';
import { FakeClock } from '../clock.ts';
import { collect } from '../collect.ts';

class Resource {
  query(): string {
    return 'done';
  }
}

function open(clock: FakeClock): Guarded<ReturnType<typeof createPool<Resource>>> {
  const pool = createPool({ create: () => Promise.resolve(new Resource()), destroy: () => Promise.resolve() }, { max: 1 });
  return guard(pool, { clock, printOnSignal: 'SIGUSR2' });
}

async function useAndEnd(clock: FakeClock): Promise<WeakRef<object>> {
  const pool = open(clock);
  const resource = await pool.acquire();
  await pool.release(resource);
  await pool.drain();
  await pool.clear();
  return new WeakRef(pool);
}

test('a pool that was ended and forgotten is not kept in memory by its guard', async () => {
  const clock = new FakeClock();
  const forgotten: WeakRef<object>[] = [];
  for (let count = 0; count < 10; count += 1) forgotten.push(await useAndEnd(clock));
  await collect(clock);
  expect(forgotten.filter((ref) => ref.deref() !== undefined)).toEqual([]);
});

test('a pool that is kept goes on being watched after a collection', async () => {
  const clock = new FakeClock();
  const pool = open(clock);
  await collect(clock);
  await pool.acquire();
  clock.pass(60_000);
  await collect(clock);
  expect(stats(pool)).toMatchObject({ leaks: 1 });
});
