import type { Pool } from 'mariadb';

async function price(pool: Pool, product: string): Promise<number | undefined> {
  await using connection = await pool.getConnection();
  const rows = await connection.query<{ pieces: number }[]>('SELECT pieces FROM stock WHERE what = ?', [product]);
  if (rows.length === 0) return undefined;
  return rows[0]?.pieces;
}

export async function run(pool: Pool): Promise<void> {
  await price(pool, 'lamp');
  await price(pool, 'sofa');
}
