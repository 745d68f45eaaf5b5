import { pool } from './database.js';

export interface Payment {
  orderId: string;
  amount: number;
  method: 'card' | 'transfer';
}

export async function recordPayment(payment: Payment): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      'INSERT INTO payments (order_id, amount, method) VALUES ($1, $2, $3)',
      [payment.orderId, payment.amount, payment.method],
    );
    await client.query("UPDATE orders SET status = 'paid' WHERE id = $1", [payment.orderId]);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    await client.query('ROLLBACK');
    client.release();
    throw error;
  } finally {
    client.release();
  }
}

export async function refund(orderId: string, amount: number): Promise<void> {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT amount FROM payments WHERE order_id = $1', [orderId]);
  const paid = rows.reduce((sum, row) => sum + Number(row.amount), 0);
  if (amount > paid) {
    client.release();
    throw new RangeError(`Only ${paid} was paid for ${orderId}`);
  }
  await client.query('INSERT INTO refunds (order_id, amount) VALUES ($1, $2)', [orderId, amount]);
  client.release();
}

export async function lastPayments(orderId: string) {
  const client = await pool.connect();
  client.release();
  const { rows } = await client.query(
    'SELECT * FROM payments WHERE order_id = $1 ORDER BY paid_at DESC LIMIT 5',
    [orderId],
  );
  return rows;
}
