import type { Pool } from 'pg';

/** A connection on which something failed is not lent again. */
async function countOf(pool: Pool, table: string): Promise<number> {
  const client = await pool.connect();
  let isSound = false;
  try {
    const { rowCount } = await client.query(`SELECT 1 FROM ${table}`);
    client.release();
    isSound = true;
    return rowCount ?? 0;
  } finally {
    if (!isSound) client.release(true);
  }
}

export async function run(pool: Pool): Promise<void> {
  await countOf(pool, 'orders');
  await countOf(pool, 'invoices').catch(() => 0);
}
