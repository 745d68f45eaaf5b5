import type { Pool } from 'pg';

async function openOrders(pool: Pool, customers: readonly number[]): Promise<number[]> {
  return Promise.all(
    customers.map(async (customer) => {
      const { rowCount } = await pool.query('SELECT 1 FROM orders WHERE customer = $1 AND paid = 0', [customer]);
      return rowCount ?? 0;
    }),
  );
}

export async function run(pool: Pool): Promise<void> {
  await openOrders(pool, [1, 2, 3, 1, 2, 3]);
}
