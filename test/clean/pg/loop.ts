import type { Pool } from 'pg';

async function remind(pool: Pool, customers: readonly number[]): Promise<number> {
  let reminded = 0;
  for (const customer of customers) {
    const client = await pool.connect();
    try {
      const { rowCount } = await client.query('SELECT 1 FROM orders WHERE customer = $1 AND paid = 0', [customer]);
      if (rowCount === 0) continue;
      reminded += 1;
      if (reminded > 1) break;
    } finally {
      client.release();
    }
  }
  return reminded;
}

export async function run(pool: Pool): Promise<void> {
  await remind(pool, [1, 3, 2, 1]);
}
