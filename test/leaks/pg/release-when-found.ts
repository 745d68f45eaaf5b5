import type { Pool } from 'pg';

function nameOf(pool: Pool, id: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client, release) => { // leak
      if (error || !client) return reject(error ?? new Error('no client'));
      client.query<{ name: string }>('SELECT name FROM customers WHERE id = $1', [id], (failed, result) => {
        if (failed) {
          release(failed);
          return reject(failed);
        }
        const [customer] = result.rows;
        if (!customer) return resolve(null);
        release();
        resolve(customer.name);
      });
    });
  });
}

export async function run(pool: Pool): Promise<void> {
  await nameOf(pool, 1);
  await nameOf(pool, 99);
}
