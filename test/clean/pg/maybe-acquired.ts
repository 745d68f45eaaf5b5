import type { Pool, PoolClient } from 'pg';

async function names(pool: Pool, ids: readonly number[]): Promise<string[]> {
  let client: PoolClient | undefined;
  try {
    if (ids.length === 0) return [];
    client = await pool.connect();
    const { rows } = await client.query<{ name: string }>('SELECT name FROM customers WHERE id = ANY($1)', [ids]);
    return rows.map(({ name }) => name);
  } finally {
    client?.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await names(pool, []);
  await names(pool, [1, 2]);
}
