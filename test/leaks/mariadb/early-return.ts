import type { Pool } from 'mariadb';

async function price(pool: Pool, product: string | undefined): Promise<number | undefined> {
  const connection = await pool.getConnection(); // leak
  if (product === undefined) return undefined;
  try {
    const rows = await connection.query<{ pieces: number }[]>('SELECT pieces FROM stock WHERE what = ?', [product]);
    return rows[0]?.pieces;
  } finally {
    await connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await price(pool, 'lamp');
  await price(pool, undefined);
}
