import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

async function ask(pool: Pool<Client>, text: string): Promise<number> {
  const client = await pool.acquire();
  let count: number;
  try {
    count = (await client.query(text)).rowCount ?? 0;
  } catch (error) {
    await pool.destroy(client);
    throw error;
  }
  await pool.release(client);
  return count;
}

export async function run(pool: Pool<Client>): Promise<void> {
  await ask(pool, 'SELECT 1 FROM orders');
  await ask(pool, 'SELECT 1 FROM invoices').catch(() => undefined);
}
