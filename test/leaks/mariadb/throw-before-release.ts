import assert from 'node:assert/strict';
import type { Pool } from 'mariadb';

async function addOrder(pool: Pool, id: number, customer: number, what: string): Promise<void> {
  const connection = await pool.getConnection(); // leak
  await connection.query('INSERT INTO orders VALUES (?, ?, ?, 0)', [id, customer, what]);
  await connection.release();
}

export async function run(pool: Pool): Promise<void> {
  await assert.rejects(addOrder(pool, 1, 1, 'lamp'), /Duplicate entry/);
}
