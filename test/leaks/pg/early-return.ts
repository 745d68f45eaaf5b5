import type { Pool } from 'pg';

interface Order {
  readonly id: number;
  readonly what: string;
}

async function findOrder(pool: Pool, id: string): Promise<Order | undefined> {
  const client = await pool.connect(); // leak
  const number = Number(id);
  if (!Number.isInteger(number)) return undefined;
  try {
    const { rows } = await client.query<Order>('SELECT id, what FROM orders WHERE id = $1', [number]);
    return rows[0];
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await findOrder(pool, '1');
  await findOrder(pool, 'the lamp');
}
