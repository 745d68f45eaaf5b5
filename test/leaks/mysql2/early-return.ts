import type { Pool, RowDataPacket } from 'mysql2/promise';

async function cancel(pool: Pool, order: number): Promise<boolean> {
  const connection = await pool.getConnection(); // leak
  const [rows] = await connection.query<RowDataPacket[]>('SELECT paid FROM orders WHERE id = ?', [order]).catch(() => [[]]);
  if (rows.length === 0) return false;
  const isPaid = rows[0]?.['paid'] === 1;
  connection.release();
  return !isPaid;
}

export async function run(pool: Pool): Promise<void> {
  await cancel(pool, 2);
  await cancel(pool, 99);
}
