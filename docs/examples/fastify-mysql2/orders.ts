import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { pool } from './database.ts';

export interface Order extends RowDataPacket {
  readonly id: number;
  readonly product: string;
  readonly quantity: number;
}

/** One statement needs no connection of its own. */
export async function findOrder(id: number): Promise<Order | undefined> {
  const [rows] = await pool.query<Order[]>('SELECT id, product, quantity FROM orders WHERE id = ?', [id]);
  return rows[0];
}

/** A transaction does. `undefined`: there is not enough of the product; else the number of the order. */
export async function placeOrder(product: string, quantity: number): Promise<number | undefined> {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const [taken] = await connection.query<ResultSetHeader>('UPDATE products SET stock = stock - ? WHERE name = ? AND stock >= ?', [quantity, product, quantity]);
    if (taken.affectedRows === 0) {
      await connection.rollback();
      return undefined;
    }
    const [made] = await connection.query<ResultSetHeader>('INSERT INTO orders (product, quantity) VALUES (?, ?)', [product, quantity]);
    await connection.commit();
    return made.insertId;
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
}
