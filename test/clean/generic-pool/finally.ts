import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

async function rename(pool: Pool<Client>, customer: number, name: string): Promise<void> {
  const client = await pool.acquire();
  try {
    await client.query('UPDATE customers SET name = $2 WHERE id = $1', [customer, name]);
  } finally {
    await pool.release(client);
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await rename(pool, 1, 'Ada');
  await rename(pool, 1, 'x'.repeat(200)).catch(() => undefined);
}
