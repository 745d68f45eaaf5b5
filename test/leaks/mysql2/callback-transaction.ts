import type { Pool } from 'mysql2';

/** Sells the last piece, or tells that there is none. */
function sell(pool: Pool, what: string, callback: (error?: Error | null) => void): void {
  pool.getConnection((error, connection) => { // leak
    if (error) return callback(error);
    connection.beginTransaction((refused) => {
      if (refused) {
        connection.release();
        return callback(refused);
      }
      connection.query('UPDATE stock SET pieces = pieces - 1 WHERE what = ?', [what], (failed) => {
        if (failed) return connection.rollback(() => callback(failed));
        connection.commit((lost) => {
          connection.release();
          callback(lost);
        });
      });
    });
  });
}

export async function run(pool: Pool): Promise<void> {
  await new Promise((resolve) => sell(pool, 'lamp', resolve));
  await new Promise((resolve) => sell(pool, 'chair', resolve));
}
