import type { Client } from 'pg';
import type { Pool } from 'tarn';

async function withClient<T>(pool: Pool<Client>, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.acquire().promise;
  try {
    return await work(client);
  } finally {
    pool.release(client);
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await withClient(pool, (client) => client.query('SELECT 1 FROM orders'));
  await withClient(pool, (client) => client.query('SELECT 1 FROM invoices')).catch(() => undefined);
}
