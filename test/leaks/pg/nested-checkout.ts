import type { Pool } from 'pg';

async function customersWithOrders(pool: Pool): Promise<number> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ id: number }>('SELECT id FROM customers');
    let count = 0;
    for (const { id } of rows) {
      const other = await pool.connect(); // nested acquire (guard only: no rule looks for it yet)
      try {
        const { rowCount } = await other.query('SELECT 1 FROM orders WHERE customer = $1', [id]);
        if (rowCount !== 0) count += 1;
      } finally {
        other.release();
      }
    }
    return count;
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await customersWithOrders(pool);
}
