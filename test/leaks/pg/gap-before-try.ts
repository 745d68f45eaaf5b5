import assert from 'node:assert/strict';
import type { Pool } from 'pg';

async function listFor(pool: Pool, tenant: string): Promise<unknown[]> {
  const client = await pool.connect(); // leak
  await client.query(`SET ROLE ${tenant}`);
  try {
    const { rows } = await client.query<object>('SELECT * FROM orders');
    return rows;
  } finally {
    await client.query('RESET ROLE');
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await assert.rejects(listFor(pool, 'nobody_of_that_name'), /does not exist/);
}
