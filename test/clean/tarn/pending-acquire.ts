import type { Client } from 'pg';
import type { Pool } from 'tarn';

async function count(pool: Pool<Client>): Promise<number> {
  const pending = pool.acquire();
  const client = await pending.promise;
  try {
    const { rowCount } = await client.query('SELECT 1 FROM orders');
    return rowCount ?? 0;
  } finally {
    pool.release(client);
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await count(pool);
}
