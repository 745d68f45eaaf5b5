import assert from 'node:assert/strict';
import type { Pool } from 'pg';

async function take(pool: Pool, product: string): Promise<void> {
  const client = await pool.connect(); // leak
  try {
    await client.query('UPDATE stock SET pieces = pieces - 1 WHERE what = $1', [product]);
  } catch (error) {
    throw new Error(`There is no ${product} left.`, { cause: error });
  }
  client.release();
}

export async function run(pool: Pool): Promise<void> {
  await assert.rejects(take(pool, 'chair'), /no chair left/);
}
