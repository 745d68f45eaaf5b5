import type { Pool } from 'mariadb';

/** A connection whose variables were changed is not lent again. */
async function inUtc(pool: Pool, text: string): Promise<unknown> {
  const connection = await pool.getConnection();
  try {
    await connection.query("SET time_zone = '+00:00'");
    return await connection.query<unknown>(text);
  } finally {
    connection.destroy();
  }
}

export async function run(pool: Pool): Promise<void> {
  await inUtc(pool, 'SELECT now()');
}
