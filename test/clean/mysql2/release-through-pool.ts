import type { Pool, RowDataPacket } from 'mysql2/promise';

async function stockOf(pool: Pool, what: string): Promise<number> {
  const connection = await pool.getConnection();
  try {
    const [rows] = await connection.execute<RowDataPacket[]>('SELECT pieces FROM stock WHERE what = ?', [what]);
    return Number(rows[0]?.['pieces'] ?? 0);
  } finally {
    pool.releaseConnection(connection);
  }
}

export async function run(pool: Pool): Promise<void> {
  await stockOf(pool, 'lamp');
  await stockOf(pool, 'sofa');
}
