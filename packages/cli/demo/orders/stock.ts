import { pool } from './database.js';

type Done = (error: Error | undefined, isReserved: boolean) => void;

/** Takes goods from the stock, in the style of callbacks. */
export function reserve(sku: string, quantity: number, callback: Done): void {
  pool.connect((error, client, done) => {
    if (error || client === undefined) {
      return callback(error ?? new Error('No connection.'), false);
    }
    const fail = (failure: Error): void => {
      done(failure);
      callback(failure, false);
    };
    client.query('BEGIN', (beginError) => {
      if (beginError) return fail(beginError);
      const update = 'UPDATE stock SET available = available - $2 WHERE sku = $1 RETURNING available';
      client.query<{ available: number }>(update, [sku, quantity], (updateError, result) => {
        if (updateError) return fail(updateError);
        if ((result.rows[0]?.available ?? -1) < 0) {
          done();
          return callback(undefined, false);
        }
        client.query('COMMIT', (commitError) => {
          if (commitError) return fail(commitError);
          done();
          callback(undefined, true);
        });
      });
    });
  });
}
