import type { Pool, PoolConnection } from 'mysql2';

function sell(pool: Pool, what: string, callback: (error?: Error | null) => void): void {
  pool.getConnection((error, connection) => {
    if (error) return callback(error);
    const finish = (failure?: Error | null): void => {
      connection.release();
      callback(failure);
    };
    connection.beginTransaction((refused) => {
      if (refused) return finish(refused);
      take(connection, what, (failed) => {
        if (failed) return connection.rollback(() => finish(failed));
        connection.commit((lost) => finish(lost));
      });
    });
  });
}

function take(connection: PoolConnection, what: string, done: (error: Error | null) => void): void {
  connection.query('UPDATE stock SET pieces = pieces - 1 WHERE what = ?', [what], (error) => done(error));
}

export async function run(pool: Pool): Promise<void> {
  await new Promise((resolve) => sell(pool, 'lamp', resolve));
  await new Promise((resolve) => sell(pool, 'chair', resolve));
}
