import type { Pool } from 'mysql2/promise';

async function log(pool: Pool, order: number): Promise<void> {
  const connection = await pool.getConnection(); // early release
  try {
    void connection.query('SELECT sleep(0.01), id FROM orders WHERE id = ?', [order]);
  } finally {
    connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await log(pool, 1);
}
