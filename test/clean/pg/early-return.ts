import type { Pool } from 'pg';

async function findOrder(pool: Pool, id: string): Promise<object | undefined> {
  const client = await pool.connect();
  try {
    if (!/^\d+$/.test(id)) return undefined;
    const { rows } = await client.query<{ what: string }>('SELECT what FROM orders WHERE id = $1', [id]);
    return rows[0];
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await findOrder(pool, '1');
  await findOrder(pool, 'the lamp');
}
