import assert from 'node:assert/strict';
import type { Pool } from 'pg';

/** How many orders each role sees. */
async function compare(pool: Pool, roles: readonly string[]): Promise<number[]> {
  const clients = await Promise.all(
    roles.map(async (role) => {
      const client = await pool.connect(); // leak
      await client.query(`SET ROLE ${role}`);
      return client;
    }),
  );
  try {
    const results = await Promise.all(clients.map((client) => client.query('SELECT 1 FROM orders')));
    return results.map(({ rowCount }) => rowCount ?? 0);
  } finally {
    for (const client of clients) client.release(true);
  }
}

export async function run(pool: Pool): Promise<void> {
  await assert.rejects(compare(pool, ['lifeguard', 'nobody_of_that_name']), /does not exist/);
}
