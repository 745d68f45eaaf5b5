import type { Client } from 'pg';
import type { Pool } from 'tarn';

async function usable(pool: Pool<Client>): Promise<Client | null> {
  const client = await pool.acquire().promise; // leak
  try {
    await client.query('SELECT 1 FROM heartbeat');
    return client;
  } catch {
    return null;
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  const client = await usable(pool);
  if (client !== null) pool.release(client);
}
