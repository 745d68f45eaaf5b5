import type { Pool } from 'pg';

interface Settings {
  readonly keepAlive: boolean;
}

async function customers(pool: Pool, { keepAlive }: Settings): Promise<string[]> {
  const client = await pool.connect(); // leak
  try {
    const { rows } = await client.query<{ name: string }>('SELECT name FROM customers ORDER BY id');
    return rows.map(({ name }) => name);
  } finally {
    if (!keepAlive) client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await customers(pool, { keepAlive: true });
}
