import { promisify } from 'node:util';
import type { Pool } from 'pg';

type Callback = (error: Error | null, count?: number) => void;

function countPaid(pool: Pool, table: string, callback: Callback): void {
  pool.connect((error, client, done) => { // leak
    if (error || !client) return callback(error ?? new Error('no client'));
    client.query(`SELECT count(*) AS n FROM ${table} WHERE paid = 1`, (failed, result) => {
      if (failed) return callback(failed);
      done();
      callback(null, Number(result.rows[0]?.n));
    });
  });
}

export async function run(pool: Pool): Promise<void> {
  const count = promisify(countPaid);
  await count(pool, 'orders');
  await count(pool, 'invoices').catch(() => undefined);
}
