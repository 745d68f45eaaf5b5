import type { Pool } from 'mysql2/promise';

async function markPaid(pool: Pool, order: number): Promise<void> {
  const connection = await pool.getConnection(); // double release (guard only: this driver ignores a second release, so the linter lets it pass)
  try {
    await connection.execute('UPDATE orders SET paid = 1 WHERE id = ?', [order]);
    connection.release();
  } finally {
    connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await markPaid(pool, 2);
}
