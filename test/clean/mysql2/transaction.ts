import type { Pool } from 'mysql2/promise';

async function sell(pool: Pool, what: string): Promise<boolean> {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    await connection.execute('UPDATE stock SET pieces = pieces - 1 WHERE what = ?', [what]);
    await connection.commit();
    return true;
  } catch {
    await connection.rollback();
    return false;
  } finally {
    connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await sell(pool, 'lamp');
  await sell(pool, 'chair');
}
