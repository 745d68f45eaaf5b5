import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

async function countOrders(pool: Pool<Client>): Promise<number> {
  return pool.use(async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM orders');
    return rowCount ?? 0;
  });
}

export async function run(pool: Pool<Client>): Promise<void> {
  await countOrders(pool);
}
