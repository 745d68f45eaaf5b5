import assert from 'node:assert/strict';
import type { Client } from 'pg';
import type { Pool } from 'tarn';

async function take(pool: Pool<Client>, product: string): Promise<void> {
  const client = await pool.acquire().promise; // leak
  await client.query('UPDATE stock SET pieces = pieces - 1 WHERE what = $1', [product]);
  pool.release(client);
}

export async function run(pool: Pool<Client>): Promise<void> {
  await take(pool, 'lamp');
  await assert.rejects(take(pool, 'chair'), /check constraint/);
}
