import type { Pool } from 'pg';

/** The first of some products that is in stock. */
async function firstInStock(pool: Pool, products: readonly string[]): Promise<string | undefined> {
  let found: string | undefined;
  for (const product of products) {
    const client = await pool.connect(); // leak
    try {
      const { rows } = await client.query<{ pieces: number }>('SELECT pieces FROM stock WHERE what = $1', [product]);
      if ((rows[0]?.pieces ?? 0) > 0) {
        found = product;
        break;
      }
    } catch (error) {
      client.release();
      throw error;
    }
    client.release();
  }
  return found;
}

export async function run(pool: Pool): Promise<void> {
  await firstInStock(pool, ['chair', 'desk', 'lamp']);
}
