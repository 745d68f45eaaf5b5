import type { Pool } from 'pg';

async function count(pool: Pool): Promise<void> {
  const client = await pool.connect(); // leak
  await client.query('SELECT 1 FROM orders');
}

export async function run(pool: Pool): Promise<void> {
  if (pool.totalCount > 99) await count(pool);
}
