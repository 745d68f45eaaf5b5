import { pool } from './database.ts';

export interface Order {
  readonly id: number;
  readonly product: string;
  readonly quantity: number;
}

/** One statement needs no connection of its own. */
export async function findOrder(id: number): Promise<Order | undefined> {
  const { rows } = await pool.query<Order>('SELECT id, product, quantity FROM orders WHERE id = $1', [id]);
  return rows[0];
}

/** A transaction does. `undefined`: there is not enough of the product. */
export async function placeOrder(product: string, quantity: number): Promise<Order | undefined> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const taken = await client.query('UPDATE products SET stock = stock - $2 WHERE name = $1 AND stock >= $2', [product, quantity]);
    if (taken.rowCount === 0) {
      await client.query('ROLLBACK');
      return undefined;
    }
    const { rows } = await client.query<Order>('INSERT INTO orders (product, quantity) VALUES ($1, $2) RETURNING id, product, quantity', [product, quantity]);
    await client.query('COMMIT');
    return rows[0];
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
