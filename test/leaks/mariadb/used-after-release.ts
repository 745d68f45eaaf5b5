import type { Pool } from 'mariadb';

async function check(pool: Pool): Promise<boolean> {
  const connection = await pool.getConnection(); // late use
  const rows = await connection.query<unknown[]>('SELECT id FROM orders').finally(() => connection.release());
  if (rows.length === 0) return false;
  return connection.query('SELECT 1').then(() => true, () => false);
}

export async function run(pool: Pool): Promise<void> {
  await check(pool);
}
