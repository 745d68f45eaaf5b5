import assert from 'node:assert/strict';
import type { Pool } from 'pg';

async function withRetries(pool: Pool, text: string, attempts: number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect(); // leak
    try {
      const { rowCount } = await client.query(text);
      client.release();
      return rowCount ?? 0;
    } catch (error) {
      if (attempt === attempts) throw error;
      client.release(true);
    }
  }
}

export async function run(pool: Pool): Promise<void> {
  await withRetries(pool, 'SELECT 1', 3);
  await assert.rejects(withRetries(pool, 'SELECT 1 FROM invoices', 2));
}
