import type { Pool, QueryResult } from 'pg';

async function slow(pool: Pool): Promise<QueryResult> {
  const client = await pool.connect(); // early release
  try {
    return client.query('SELECT pg_sleep(0.01)');
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await slow(pool);
}
