import { pool } from './database.js';

export interface Order {
  readonly id: number;
  readonly customer: number;
  readonly cents: number;
}

export async function findOrder(id: number): Promise<Order | undefined> {
  const client = await pool.connect();
  const { rows } = await client.query<Order>('SELECT * FROM orders WHERE id = $1', [id]);
  if (rows.length === 0) {
    return undefined;
  }
  client.release();
  return rows[0];
}

export async function listOrders(customer: number): Promise<Order[]> {
  const { rows } = await pool.query<Order>(
    'SELECT * FROM orders WHERE customer = $1 ORDER BY id DESC LIMIT 20',
    [customer],
  );
  return rows;
}

export async function placeOrder(customer: number, cents: number): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const discount = await discountOf(customer);
    const { rows } = await client.query<{ id: number }>(
      'INSERT INTO orders (customer, cents) VALUES ($1, $2) RETURNING id',
      [customer, Math.round(cents * (1 - discount))],
    );
    await client.query('COMMIT');
    return rows[0]?.id ?? 0;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

async function discountOf(customer: number): Promise<number> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ sum: string }>(
      'SELECT coalesce(sum(cents), 0) AS sum FROM orders WHERE customer = $1 AND id <= 1000',
      [customer],
    );
    return Number(rows[0]?.sum) > 10_000 ? 0.1 : 0;
  } finally {
    client.release();
  }
}
