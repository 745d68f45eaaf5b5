import { promisify } from 'node:util';
import type { Pool } from 'pg';

type Callback = (error: Error | null, names?: string[]) => void;

function namesOf(pool: Pool, ids: readonly number[], callback: Callback): void {
  pool.connect((error, client, done) => { // leak
    if (error || !client) return callback(error ?? new Error('no client'));
    if (ids.length === 0) return callback(null, []);
    client.query<{ name: string }>('SELECT name FROM customers WHERE id = ANY($1)', [ids], (failed, result) => {
      done(failed);
      if (failed) return callback(failed);
      callback(null, result.rows.map(({ name }) => name));
    });
  });
}

export async function run(pool: Pool): Promise<void> {
  await promisify(namesOf)(pool, []);
}
