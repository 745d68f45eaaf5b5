import type { Pool } from 'pg';

interface Order {
  readonly id: number;
}

async function* pages(pool: Pool, size: number): AsyncGenerator<Order[]> {
  const client = await pool.connect();
  try {
    for (let after = 0; ; ) {
      const { rows } = await client.query<Order>('SELECT id FROM orders WHERE id > $1 ORDER BY id LIMIT $2', [after, size]);
      if (rows.length === 0) return;
      yield rows;
      after = rows.at(-1)?.id ?? after;
    }
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  for await (const page of pages(pool, 1)) {
    if (page.some(({ id }) => id === 2)) break;
  }
}
