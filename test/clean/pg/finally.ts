import assert from 'node:assert/strict';
import type { Pool } from 'pg';

async function pay(pool: Pool, order: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('UPDATE orders SET paid = 1 / (id - $1) WHERE id = $1', [order]);
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await assert.rejects(pay(pool, 2), /division by zero/);
}
