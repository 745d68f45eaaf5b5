import type { Pool } from 'pg';

/** Is the database there at all? */
async function isHealthy(pool: Pool): Promise<boolean> {
  try {
    await pool.connect(); // leak
    return true;
  } catch {
    return false;
  }
}

export async function run(pool: Pool): Promise<void> {
  await isHealthy(pool);
}
