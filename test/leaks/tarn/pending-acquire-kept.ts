import type { Client } from 'pg';
import type { Pool } from 'tarn';

async function lookTwice(pool: Pool<Client>): Promise<number> {
  const pending = pool.acquire(); // leak
  const client = await pending.promise;
  const { rowCount } = await client.query('SELECT 1 FROM orders').catch(() => ({ rowCount: 0 }));
  return rowCount ?? 0;
}

export async function run(pool: Pool<Client>): Promise<void> {
  await lookTwice(pool);
}
