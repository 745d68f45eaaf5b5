// A pool is guarded, lends, counts and is let go; the process then ends by itself.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { guard, holders, scope, stats, unguard } from '../../../packages/guard/dist/index.js';

const { createPool } = createRequire(import.meta.url)('generic-pool');
let made = 0;
const bare = createPool({ create: () => Promise.resolve({ id: ++made }), destroy: () => Promise.resolve() }, { max: 2 });
const pool = guard(bare, { name: 'smoke' });
assert.equal(pool, bare);

await scope('job', async () => {
  const lent = await pool.acquire();
  assert.equal(lent.id, 1);
  assert.equal(stats(pool).active, 1);
  const [holder] = holders(pool);
  assert.match(JSON.stringify(holder), /smoke\.mjs/);
  await pool.release(lent);
});
assert.equal(stats(pool).active, 0);

unguard(pool);
await pool.drain();
await pool.clear();
