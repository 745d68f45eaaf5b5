import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

async function ask(pool: Pool<Client>, text: string): Promise<number> {
  const client = await pool.acquire(); // leak
  try {
    const { rowCount } = await client.query(text);
    return rowCount ?? 0;
  } catch (error) {
    await pool.destroy(client);
    throw error;
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await ask(pool, 'SELECT 1 FROM orders');
}
