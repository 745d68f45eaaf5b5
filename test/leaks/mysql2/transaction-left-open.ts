import type { Pool } from 'mysql2/promise';

async function sell(pool: Pool, what: string): Promise<void> {
  const connection = await pool.getConnection(); // open transaction (guard only: no rule follows transactions yet)
  try {
    await connection.beginTransaction();
    await connection.execute('UPDATE orders SET paid = 1 WHERE what = ?', [what]);
    await connection.execute('UPDATE stock SET pieces = pieces - 1 WHERE what = ?', [what]);
    await connection.commit();
  } finally {
    connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await sell(pool, 'chair').catch(() => undefined);
}
