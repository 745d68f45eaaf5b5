import type { Pool } from 'pg';

/** The connections that could be had, of which none is lost where one could not. */
async function compare(pool: Pool, roles: readonly string[]): Promise<number> {
  const counts = await Promise.allSettled(
    roles.map(async (role) => {
      const client = await pool.connect();
      try {
        await client.query(`SET ROLE ${role}`);
        const { rowCount } = await client.query('SELECT 1 FROM orders');
        return rowCount ?? 0;
      } finally {
        client.release(true);
      }
    }),
  );
  return counts.filter(({ status }) => status === 'fulfilled').length;
}

export async function run(pool: Pool): Promise<void> {
  await compare(pool, ['lifeguard', 'nobody_of_that_name']);
}
