import type { Client } from 'pg';
import type { Pool } from 'tarn';

async function names(pool: Pool<Client>, prefix: string): Promise<string[]> {
  const client = await pool.acquire().promise; // leak
  if (prefix === '') return [];
  try {
    const { rows } = await client.query<{ name: string }>('SELECT name FROM customers WHERE name LIKE $1', [`${prefix}%`]);
    return rows.map(({ name }) => name);
  } finally {
    pool.release(client);
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await names(pool, 'A');
  await names(pool, '');
}
