import type { Pool } from 'mysql2';

function names(pool: Pool, table: string, callback: (error: Error | null, names: readonly string[]) => void): void {
  pool.getConnection((error, connection) => {
    if (error) return callback(error, []);
    const found: string[] = [];
    let failure: Error | null = null;
    connection
      .query(`SELECT name FROM ${table}`)
      .stream()
      .on('data', (row: { name: string }) => found.push(row.name))
      .on('error', (failed: Error) => (failure = failed))
      .on('end', () => {
        connection.release();
        callback(failure, found);
      });
  });
}

export async function run(pool: Pool): Promise<void> {
  await new Promise((resolve) => names(pool, 'customers', resolve));
  await new Promise((resolve) => names(pool, 'suppliers', resolve));
}
