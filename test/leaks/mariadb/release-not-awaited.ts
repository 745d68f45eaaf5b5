import type { Pool } from 'mariadb';

async function count(pool: Pool): Promise<number> {
  const connection = await pool.getConnection(); // floating release (lint only: the connection does come back, if nothing fails)
  try {
    const rows = await connection.query<unknown[]>('SELECT id FROM orders');
    return rows.length;
  } finally {
    connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await count(pool);
}
