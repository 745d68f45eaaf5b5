import type { Pool } from 'pg';

async function withRetries(pool: Pool, text: string, attempts: number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect();
    try {
      const { rowCount } = await client.query(text);
      return rowCount ?? 0;
    } catch (error) {
      if (attempt === attempts) throw error;
    } finally {
      client.release();
    }
  }
}

export async function run(pool: Pool): Promise<void> {
  await withRetries(pool, 'SELECT 1', 3);
  await withRetries(pool, 'SELECT 1 FROM invoices', 2).catch(() => 0);
}
