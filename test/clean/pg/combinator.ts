import type { Pool, PoolClient } from 'pg';

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function move(client: PoolClient, from: string, to: string): Promise<void> {
  await client.query('UPDATE stock SET pieces = pieces + 1 WHERE what = $1', [to]);
  await client.query('UPDATE stock SET pieces = pieces - 1 WHERE what = $1', [from]);
}

export async function run(pool: Pool): Promise<void> {
  await inTransaction(pool, (client) => move(client, 'lamp', 'desk'));
  await inTransaction(pool, (client) => move(client, 'chair', 'desk')).catch(() => undefined);
}
