/**
 * A handler for AWS Lambda behind an HTTP API, with pg. Each invocation is a scope, named after its
 * route.
 */
import { scope } from '@lifeguard/guard';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { pool } from './database.ts';

export function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  return scope(event.routeKey, async () => {
    const { product, quantity }: { product?: unknown; quantity?: unknown } = JSON.parse(event.body ?? '{}');
    if (typeof product !== 'string' || typeof quantity !== 'number') return answer(400, { error: 'An order has a product and a quantity.' });
    await using client = await pool.connect(); // given back on every path, since the pool is guarded
    try {
      await client.query('BEGIN');
      const taken = await client.query('UPDATE products SET stock = stock - $2 WHERE name = $1 AND stock >= $2', [product, quantity]);
      if (taken.rowCount === 0) {
        await client.query('ROLLBACK');
        return answer(409, { error: 'There is not enough of it.' });
      }
      const { rows } = await client.query<{ id: number }>('INSERT INTO orders (product, quantity) VALUES ($1, $2) RETURNING id', [product, quantity]);
      await client.query('COMMIT');
      return answer(201, { id: rows[0]?.id, product, quantity });
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
  });
}

function answer(statusCode: number, body: object): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
