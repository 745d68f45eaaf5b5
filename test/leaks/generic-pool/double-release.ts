import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

async function touch(pool: Pool<Client>): Promise<void> {
  const client = await pool.acquire(); // double release
  try {
    await client.query('UPDATE orders SET paid = paid');
    await pool.release(client);
  } finally {
    await pool.release(client).catch(() => undefined);
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await touch(pool);
}
