import type { Pool } from 'mariadb';

async function slowest(pool: Pool): Promise<unknown> {
  const connection = await pool.getConnection(); // early release
  try {
    return connection.query('SELECT sleep(0.01)');
  } finally {
    await connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await slowest(pool);
}
