import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

async function count(pool: Pool<Client>): Promise<number> {
  const client = await pool.acquire(); // floating release (lint only: the client does come back, if nothing fails)
  try {
    const { rowCount } = await client.query('SELECT 1 FROM orders');
    return rowCount ?? 0;
  } finally {
    pool.release(client);
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await count(pool);
}
