import type { Client } from 'pg';
import type { Pool } from 'tarn';

async function take(pool: Pool<Client>, product: string): Promise<boolean> {
  const client = await pool.acquire().promise;
  try {
    await client.query('UPDATE stock SET pieces = pieces - 1 WHERE what = $1', [product]);
    return true;
  } catch {
    return false;
  } finally {
    pool.release(client);
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  await take(pool, 'lamp');
  await take(pool, 'chair');
}
