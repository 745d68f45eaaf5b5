import type { Pool } from 'mariadb';

async function sell(pool: Pool, product: string): Promise<boolean> {
  let connection;
  try {
    connection = await pool.getConnection();
    await connection.beginTransaction();
    await connection.query('UPDATE stock SET pieces = pieces - 1 WHERE what = ?', [product]);
    await connection.commit();
    return true;
  } catch {
    await connection?.rollback();
    return false;
  } finally {
    await connection?.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await sell(pool, 'lamp');
  await sell(pool, 'chair');
}
