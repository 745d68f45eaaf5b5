import type { Client } from 'pg';
import type { Pool } from 'tarn';

async function usable(pool: Pool<Client>, table: string): Promise<Client | null> {
  const client = await pool.acquire().promise;
  try {
    await client.query(`SELECT 1 FROM ${table}`);
    return client;
  } catch {
    pool.release(client);
    return null;
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  for (const table of ['orders', 'invoices']) {
    const client = await usable(pool, table);
    if (client !== null) pool.release(client);
  }
}
