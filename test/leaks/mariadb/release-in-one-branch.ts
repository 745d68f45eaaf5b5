import type { Pool } from 'mariadb';

async function book(pool: Pool, product: string): Promise<'booked' | 'sold out'> {
  const connection = await pool.getConnection(); // leak
  try {
    const rows = await connection.query<{ pieces: number }[]>('SELECT pieces FROM stock WHERE what = ?', [product]);
    if ((rows[0]?.pieces ?? 0) > 0) {
      await connection.release();
      return 'booked';
    }
  } catch (error) {
    await connection.release();
    throw error;
  }
  return 'sold out';
}

export async function run(pool: Pool): Promise<void> {
  await book(pool, 'lamp');
  await book(pool, 'chair');
}
