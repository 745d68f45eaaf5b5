import { pool } from './database.js';

export interface Order {
  id: string;
  customerId: string;
  total: number;
  status: 'open' | 'paid' | 'shipped';
}

export async function findOrder(id: string): Promise<Order | null> {
  const client = await pool.connect();
  const { rows } = await client.query<Order>(
    'SELECT id, customer_id, total, status FROM orders WHERE id = $1',
    [id],
  );
  if (rows.length === 0) {
    return null;
  }
  client.release();
  return rows[0] ?? null;
}

export async function listOrders(customerId: string, limit = 50): Promise<Order[]> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<Order>(
      'SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT $2',
      [customerId, limit],
    );
    return rows;
  } finally {
    client.release();
  }
}

export async function cancelOrder(id: string, reason: string): Promise<boolean> {
  const client = await pool.connect();
  await client.query('BEGIN');
  try {
    const { rowCount } = await client.query(
      "UPDATE orders SET status = 'cancelled', reason = $2 WHERE id = $1",
      [id, reason],
    );
    await client.query('COMMIT');
    return rowCount === 1;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
