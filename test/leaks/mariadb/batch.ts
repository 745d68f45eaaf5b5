import assert from 'node:assert/strict';
import type { Pool } from 'mariadb';

async function load(pool: Pool, rows: readonly (readonly [number, string])[]): Promise<void> {
  const connection = await pool.getConnection(); // leak
  await connection.beginTransaction();
  try {
    await connection.batch('INSERT INTO customers VALUES (?, ?)', [...rows]);
    await connection.commit();
    await connection.release();
  } catch (error) {
    await connection.rollback();
    throw error;
  }
}

export async function run(pool: Pool): Promise<void> {
  await assert.rejects(load(pool, [[1, 'Ada'], [2, 'Grace']]), /Duplicate entry/);
}
