import { pool } from './database.js';

/** Pays back part of an order; `false` where that is more than was paid. */
export async function refund(order: number, cents: number): Promise<boolean> {
  const client = await pool.connect();
  const { rows } = await client.query<{ cents: number }>(
    'SELECT cents FROM orders WHERE id = $1',
    [order],
  );
  const isCovered = cents <= (rows[0]?.cents ?? 0);
  if (isCovered) {
    await client.query('INSERT INTO refunds VALUES ($1, $2)', [order, cents]);
  } else {
    client.release();
  }
  client.release();
  return isCovered;
}
