import type { Pool } from 'pg';

interface Order {
  readonly id: number;
}

/** All orders, in pages. */
async function* pages(pool: Pool, size: number): AsyncGenerator<Order[]> {
  const client = await pool.connect(); // leak
  for (let after = 0; ; ) {
    const { rows } = await client.query<Order>('SELECT id FROM orders WHERE id > $1 ORDER BY id LIMIT $2', [after, size]);
    if (rows.length === 0) break;
    yield rows;
    after = rows.at(-1)?.id ?? after;
  }
  client.release();
}

export async function run(pool: Pool): Promise<void> {
  for await (const page of pages(pool, 1)) {
    if (page.some(({ id }) => id === 2)) break;
  }
}
