import type { Pool, PoolClient } from 'pg';

async function begin(pool: Pool): Promise<PoolClient> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
  } catch (error) {
    client.release(true);
    throw error;
  }
  return client;
}

async function end(client: PoolClient, how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
  try {
    await client.query(how);
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  const client = await begin(pool);
  let how: 'COMMIT' | 'ROLLBACK' = 'ROLLBACK';
  try {
    await client.query('UPDATE orders SET paid = paid');
    how = 'COMMIT';
  } finally {
    await end(client, how);
  }
}
