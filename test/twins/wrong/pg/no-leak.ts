import type { Pool } from 'pg';

export async function run(pool: Pool): Promise<void> {
  const client = await pool.connect(); // leak
  try {
    await client.query('SELECT 1 FROM orders');
  } finally {
    client.release();
  }
}
