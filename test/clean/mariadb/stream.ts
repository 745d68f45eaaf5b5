import type { Pool } from 'mariadb';

async function totalPieces(pool: Pool): Promise<number> {
  const connection = await pool.getConnection();
  let total = 0;
  try {
    for await (const row of connection.queryStream('SELECT pieces FROM stock')) total += (row as { pieces: number }).pieces;
  } finally {
    await connection.release();
  }
  return total;
}

export async function run(pool: Pool): Promise<void> {
  await totalPieces(pool);
}
