import type { Pool } from 'mariadb';

/** Runs work that no other process may run at the same time. */
async function exclusively(pool: Pool, name: string, work: () => Promise<void>): Promise<boolean> {
  const connection = await pool.getConnection(); // leak
  const [answer] = await connection.query<{ got: number }[]>('SELECT get_lock(?, 0) AS got', [name]).catch(() => []);
  if (answer?.got !== 1) return false;
  try {
    await work();
    return true;
  } finally {
    await connection.query('SELECT release_lock(?)', [name]).catch(() => undefined);
    if (name.startsWith('job:')) await connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await exclusively(pool, 'job:invoices', async () => undefined);
  await exclusively(pool, 'reports', async () => undefined);
}
