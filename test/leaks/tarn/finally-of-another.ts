import type { Client } from 'pg';
import type { Pool } from 'tarn';

async function compare(pool: Pool<Client>): Promise<boolean> {
  const one = await pool.acquire().promise; // leak
  const other = await pool.acquire().promise; // nested acquire (guard only: no rule looks for it yet)
  try {
    const [here, there] = await Promise.all([one.query('SELECT 1 FROM orders'), other.query('SELECT 1 FROM customers')]);
    return here.rowCount === there.rowCount;
  } finally {
    pool.release(other);
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await compare(pool);
}
