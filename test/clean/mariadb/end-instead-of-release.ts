import type { Pool } from 'mariadb';

/** `end` gives a connection of a pool back. */
async function count(pool: Pool): Promise<number> {
  const connection = await pool.getConnection();
  try {
    const rows = await connection.query<unknown[]>('SELECT id FROM orders');
    return rows.length;
  } finally {
    await connection.end();
  }
}

export async function run(pool: Pool): Promise<void> {
  await count(pool);
}
