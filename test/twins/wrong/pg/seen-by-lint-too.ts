import type { Pool } from 'pg';

export async function run(pool: Pool): Promise<void> {
  const client = await pool.connect(); // leak (guard only: so it is said)
  await client.query('SELECT 1 FROM orders');
}
