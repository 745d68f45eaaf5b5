import type { Request, Response } from 'express';
import knex from 'knex';
import { Pool } from 'pg';
import { pool } from './database.js';

const db = knex({ client: 'pg', connection: process.env.DATABASE_URL });

export async function dailyRevenue(request: Request, response: Response): Promise<void> {
  const reporting = new Pool({ connectionString: process.env.REPORTING_URL, max: 2 });
  const { rows } = await reporting.query(
    'SELECT date_trunc($1, paid_at) AS day, sum(amount) FROM payments GROUP BY 1',
    [request.query.unit ?? 'day'],
  );
  response.json(rows);
}

export async function closeMonth(month: string): Promise<number> {
  const trx = await db.transaction();
  const closed = await trx('orders').where({ month, status: 'shipped' }).update({ closed: true });
  if (closed === 0) {
    return 0;
  }
  await trx('months').insert({ month, orders: closed });
  await trx.commit();
  return closed;
}

export async function exportOrders(ids: string[], write: (line: string) => void): Promise<void> {
  for (const id of ids) {
    const client = await pool.connect();
    const { rows } = await client.query('SELECT * FROM orders WHERE id = $1', [id]);
    if (rows.length === 0) {
      continue;
    }
    write(JSON.stringify(rows[0]));
    client.release();
  }
}

export async function customerTotals(customerId: string) {
  const client = await pool.connect();
  try {
    return client.query('SELECT sum(total) FROM orders WHERE customer_id = $1', [customerId]);
  } finally {
    client.release();
  }
}
