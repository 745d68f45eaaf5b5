import type { Pool } from 'pg';

async function report(pool: Pool): Promise<unknown> {
  const client = await pool.connect(); // late use
  try {
    await client.query('SELECT 1 FROM orders');
  } finally {
    client.release();
  }
  return client.query('SELECT 1 FROM customers').catch(() => undefined);
}

export async function run(pool: Pool): Promise<void> {
  await report(pool);
}
