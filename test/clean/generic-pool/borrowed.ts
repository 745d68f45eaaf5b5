import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

interface Order {
  readonly id: number;
}

async function ordersOf(client: Client, customer: number): Promise<Order[]> {
  const { rows } = await client.query<Order>('SELECT id FROM orders WHERE customer = $1', [customer]);
  return rows;
}

async function all(pool: Pool<Client>, customers: readonly number[]): Promise<Order[]> {
  const client = await pool.acquire();
  const found: Order[] = [];
  try {
    for (const customer of customers) found.push(...(await ordersOf(client, customer)));
  } finally {
    await pool.release(client);
  }
  return found;
}

export async function run(pool: Pool<Client>): Promise<void> {
  await all(pool, [1, 2, 3]);
}
