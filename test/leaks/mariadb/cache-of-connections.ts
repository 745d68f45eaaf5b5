import type { Pool, PoolConnection } from 'mariadb';

/** One connection for each customer, so that his statements stay prepared. */
const connections: Record<string, PoolConnection> = {};

async function ordersOf(pool: Pool, customer: number): Promise<number> {
  const connection = (connections[customer] ??= await pool.getConnection()); // leak (guard only: whether another function empties the cache is not followed)
  const rows = await connection.query<unknown[]>('SELECT id FROM orders WHERE customer = ?', [customer]);
  return rows.length;
}

export async function run(pool: Pool): Promise<void> {
  await ordersOf(pool, 1);
  await ordersOf(pool, 1);
}
