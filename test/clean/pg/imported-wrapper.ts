import type { Pool } from 'pg';
import { begin, end } from './shared/transaction.ts';

async function rename(pool: Pool, customer: number, name: string): Promise<boolean> {
  const client = await begin(pool);
  try {
    await client.query('UPDATE customers SET name = $2 WHERE id = $1', [customer, name]);
  } catch {
    await end(client, 'ROLLBACK');
    return false;
  }
  await end(client, 'COMMIT');
  return true;
}

export async function run(pool: Pool): Promise<void> {
  await rename(pool, 1, 'Ada');
  await rename(pool, 1, 'x'.repeat(200));
}
