import type { Pool } from 'pg';

type Export = 'orders' | 'customers' | 'none';

async function size(pool: Pool, what: Export): Promise<number> {
  const client = await pool.connect(); // leak
  switch (what) {
    case 'orders':
      return client.query('SELECT 1 FROM orders').then(({ rowCount }) => rowCount ?? 0).finally(() => client.release());
    case 'customers':
      return client.query('SELECT 1 FROM customers').then(({ rowCount }) => rowCount ?? 0).finally(() => client.release());
    default:
      return 0;
  }
}

export async function run(pool: Pool): Promise<void> {
  await size(pool, 'orders');
  await size(pool, 'none');
}
