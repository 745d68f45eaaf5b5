import { promisify } from 'node:util';
import type { Pool } from 'pg';

type Callback = (error: Error | null | undefined, count?: number) => void;

function countPaid(pool: Pool, table: string, callback: Callback): void {
  pool.connect((error, client, done) => {
    if (error || !client) return callback(error ?? new Error('no client'));
    client.query(`SELECT 1 FROM ${table} WHERE paid = 1`, (failed, result) => {
      done(failed);
      if (failed) return callback(failed);
      callback(null, result.rows.length);
    });
  });
}

export async function run(pool: Pool): Promise<void> {
  const count = promisify(countPaid);
  await count(pool, 'orders');
  await count(pool, 'invoices').catch(() => undefined);
}
