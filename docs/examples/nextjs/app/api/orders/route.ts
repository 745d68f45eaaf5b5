/**
 * A route of Next.js (App Router) with pg. No middleware of Next.js stands around a handler and its
 * response, so each handler says itself that it is a scope.
 */
import { scope } from '@lifeguard/guard';
import { pool } from '../../../lib/database.ts';

export const runtime = 'nodejs'; // pg needs sockets, which the edge does not have

export function GET(request: Request): Promise<Response> {
  return scope('GET /api/orders', async () => {
    const product = new URL(request.url).searchParams.get('product');
    const { rows } = await pool.query('SELECT id, product, quantity FROM orders WHERE product = $1 ORDER BY id', [product]);
    return Response.json(rows);
  });
}

export function POST(request: Request): Promise<Response> {
  return scope('POST /api/orders', async () => {
    const { product, quantity } = (await request.json()) as { product?: unknown; quantity?: unknown };
    if (typeof product !== 'string' || typeof quantity !== 'number') return Response.json({ error: 'An order has a product and a quantity.' }, { status: 400 });
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const taken = await client.query('UPDATE products SET stock = stock - $2 WHERE name = $1 AND stock >= $2', [product, quantity]);
      if (taken.rowCount === 0) {
        await client.query('ROLLBACK');
        return Response.json({ error: 'There is not enough of it.' }, { status: 409 });
      }
      const { rows } = await client.query<{ id: number }>('INSERT INTO orders (product, quantity) VALUES ($1, $2) RETURNING id', [product, quantity]);
      await client.query('COMMIT');
      return Response.json({ id: rows[0]?.id, product, quantity }, { status: 201 });
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  });
}
