import type { Pool, PoolClient } from 'pg';

async function open(pool: Pool): Promise<PoolClient> {
  const client = await pool.connect(); // leak (guard only: the linter names the call of the function that hands the connection on)
  try {
    await client.query("SET application_name = 'orders'");
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function hasOrders(pool: Pool): Promise<boolean> {
  const client = await open(pool); // leak (lint only: the guard names the checkout, inside the function that hands the connection on)
  const { rowCount } = await client.query('SELECT 1 FROM orders LIMIT 1');
  return rowCount === 1;
}

export async function run(pool: Pool): Promise<void> {
  await hasOrders(pool);
}
