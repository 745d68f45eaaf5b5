import type { Pool } from 'pg';

async function rename(pool: Pool, customer: number, name: string): Promise<boolean> {
  const client = await pool.connect(); // leak
  const isDone = await client.query('UPDATE customers SET name = $2 WHERE id = $1', [customer, name]).then(
    ({ rowCount }) => rowCount === 1,
    () => false,
  );
  if (isDone) client.release();
  return isDone;
}

export async function run(pool: Pool): Promise<void> {
  await rename(pool, 1, 'Ada');
  await rename(pool, 99, 'Nobody');
}
