import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

async function reorder(pool: Pool<Client>, products: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const product of products) {
    const client = await pool.acquire(); // leak
    const { rows } = await client.query<{ pieces: number }>('SELECT pieces FROM stock WHERE what = $1', [product]).catch(() => ({ rows: [] }));
    if (rows.length === 0) continue;
    if (rows[0]?.pieces === 0) missing.push(product);
    await pool.release(client);
  }
  return missing;
}

export async function run(pool: Pool<Client>): Promise<void> {
  await reorder(pool, ['chair', 'sofa']);
}
