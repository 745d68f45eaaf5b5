import pg from 'pg';

/** Does what a restart or an administrator does: ends the connections that are idle, and says which. */
export async function cutIdle(): Promise<number[]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(`
      SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE state = 'idle' AND backend_type = 'client backend' AND pid <> pg_backend_pid()`);
    return rows.map(({ pid }) => pid);
  } finally {
    await client.end();
  }
}
