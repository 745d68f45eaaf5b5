import { promisify } from 'node:util';
import type { Pool, RowDataPacket } from 'mysql2';

type Callback = (error: Error | null, count?: number) => void;

function countRows(pool: Pool, table: string, callback: Callback): void {
  pool.getConnection((error, connection) => { // leak
    if (error) return callback(error);
    connection.query<RowDataPacket[]>(`SELECT id FROM ${table}`, (failed, rows) => {
      if (failed) return callback(failed);
      connection.release();
      callback(null, rows.length);
    });
  });
}

export async function run(pool: Pool): Promise<void> {
  const count = promisify(countRows);
  await count(pool, 'orders');
  await count(pool, 'invoices').catch(() => undefined);
}
