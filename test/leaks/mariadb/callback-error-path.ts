import { promisify } from 'node:util';
import type { Pool } from 'mariadb/callback';

type Callback = (error: Error | null, rows?: unknown[]) => void;

function list(pool: Pool, table: string, callback: Callback): void {
  pool.getConnection((error, connection) => { // leak
    if (error || !connection) return callback(error);
    connection.query<unknown[]>(`SELECT * FROM ${table}`, (failed, rows) => {
      if (failed) return callback(failed);
      connection.release(() => callback(null, rows));
    });
  });
}

export async function run(pool: Pool): Promise<void> {
  const listed = promisify(list);
  await listed(pool, 'orders');
  await listed(pool, 'invoices').catch(() => undefined);
}
