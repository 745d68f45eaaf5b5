import type { Pool } from 'mysql2/promise';

async function addCustomer(pool: Pool, id: number, name: string): Promise<boolean> {
  const connection = await pool.getConnection();
  try {
    await connection.execute('INSERT INTO customers (id, name) VALUES (?, ?)', [id, name]);
    return true;
  } catch {
    return false;
  } finally {
    connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await addCustomer(pool, 1, 'Ada again');
}
