import type { Pool } from 'pg';

async function move(pool: Pool, from: string, to: string): Promise<void> {
  const client = await pool.connect(); // open transaction (guard only: no rule follows transactions yet)
  try {
    await client.query('BEGIN');
    await client.query('UPDATE stock SET pieces = pieces + 1 WHERE what = $1', [to]);
    await client.query('UPDATE stock SET pieces = pieces - 1 WHERE what = $1', [from]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await move(pool, 'chair', 'lamp').catch(() => undefined);
}
