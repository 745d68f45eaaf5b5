import type { Pool, PoolClient } from 'pg';

async function isAlive(client: PoolClient): Promise<boolean> {
  try {
    await client.query('SELECT 1 FROM heartbeat');
    return true;
  } catch {
    return false;
  }
}

async function countOrders(pool: Pool): Promise<number> {
  let client = await pool.connect(); // leak
  if (!(await isAlive(client))) {
    client = await pool.connect(); // nested acquire (guard only: no rule looks for it yet)
  }
  try {
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM orders');
    return Number(rows[0]?.count);
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await countOrders(pool);
}
