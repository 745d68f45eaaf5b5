import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

async function firstOrder(pool: Pool<Client>, customers: readonly number[]): Promise<object | undefined> {
  const client = await pool.acquire(); // leak
  if (customers.length === 0) return undefined;
  try {
    const { rows } = await client.query<object>('SELECT * FROM orders WHERE customer = ANY($1) LIMIT 1', [customers]);
    return rows[0];
  } finally {
    await pool.release(client);
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await firstOrder(pool, [1]);
  await firstOrder(pool, []);
}
