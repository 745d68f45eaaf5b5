import type { Pool } from 'mariadb';

async function addOrder(pool: Pool, id: number, customer: number, what: string): Promise<boolean> {
  const connection = await pool.getConnection();
  try {
    await connection.query('INSERT INTO orders VALUES (?, ?, ?, 0)', [id, customer, what]);
    return true;
  } catch {
    return false;
  } finally {
    await connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await addOrder(pool, 1, 1, 'lamp');
}
