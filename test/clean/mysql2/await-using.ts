import type { Pool, RowDataPacket } from 'mysql2/promise';

async function cancel(pool: Pool, order: number): Promise<boolean> {
  await using connection = await pool.getConnection();
  const [rows] = await connection.query<RowDataPacket[]>('SELECT paid FROM orders WHERE id = ?', [order]);
  if (rows.length === 0) return false;
  return rows[0]?.['paid'] === 0;
}

export async function run(pool: Pool): Promise<void> {
  await cancel(pool, 2);
  await cancel(pool, 99);
}
