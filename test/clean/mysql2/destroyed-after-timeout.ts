import type { Pool } from 'mysql2/promise';

/** A connection whose query took too long is closed, not lent again. */
async function quickly(pool: Pool, text: string): Promise<boolean> {
  const connection = await pool.getConnection();
  try {
    await connection.query({ sql: text, timeout: 30 });
  } catch {
    connection.destroy();
    return false;
  }
  connection.release();
  return true;
}

export async function run(pool: Pool): Promise<void> {
  await quickly(pool, 'SELECT 1');
  await quickly(pool, 'SELECT sleep(0.2)');
}
