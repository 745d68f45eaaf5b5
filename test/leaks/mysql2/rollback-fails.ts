import assert from 'node:assert/strict';
import type { Pool, PoolConnection } from 'mysql2/promise';

async function undo(connection: PoolConnection): Promise<void> {
  await connection.rollback();
  await connection.query('UPDATE undone SET times = times + 1');
}

async function sell(pool: Pool, what: string): Promise<void> {
  const connection = await pool.getConnection(); // leak
  try {
    await connection.beginTransaction();
    await connection.execute('UPDATE stock SET pieces = pieces - 1 WHERE what = ?', [what]);
    await connection.commit();
    connection.release();
  } catch (error) {
    await undo(connection);
    connection.release();
    throw error;
  }
}

export async function run(pool: Pool): Promise<void> {
  await assert.rejects(sell(pool, 'chair'), /undone/);
}
