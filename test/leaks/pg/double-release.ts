import type { Pool } from 'pg';

async function rename(pool: Pool, customer: number, name: string): Promise<void> {
  const client = await pool.connect(); // double release
  try {
    await client.query('UPDATE customers SET name = $2 WHERE id = $1', [customer, name]);
  } catch (error) {
    client.release(true);
    throw error;
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await rename(pool, 1, 'Ada');
  await rename(pool, 1, 'x'.repeat(200)).catch(() => undefined);
}
