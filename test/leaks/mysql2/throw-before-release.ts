import assert from 'node:assert/strict';
import type { Pool } from 'mysql2/promise';

async function addCustomer(pool: Pool, id: number, name: string): Promise<void> {
  const connection = await pool.getConnection(); // leak
  await connection.execute('INSERT INTO customers (id, name) VALUES (?, ?)', [id, name]);
  connection.release();
}

export async function run(pool: Pool): Promise<void> {
  await assert.rejects(addCustomer(pool, 1, 'Ada again'), /Duplicate entry/);
}
