import type { PoolClient } from 'pg';

export async function ordersOf(client: PoolClient, customer: number): Promise<unknown[]> {
  const { rows } = await client.query<{ id: number }>('SELECT id FROM orders WHERE customer = $1', [customer]);
  return rows;
}
