import type { Pool, PoolClient } from 'pg';

/** A connection for each session that has locked something. */
const sessions = new Map<string, PoolClient>();

async function lock(pool: Pool, session: string, order: number): Promise<void> {
  const client = await pool.connect(); // leak (guard only: whether another function empties the map is not followed)
  sessions.set(session, client);
  await client.query('SELECT pg_advisory_lock($1)', [order]);
}

async function unlock(session: string, order: number): Promise<void> {
  await sessions.get(session)?.query('SELECT pg_advisory_unlock($1)', [order]);
  sessions.delete(session);
}

export async function run(pool: Pool): Promise<void> {
  await lock(pool, 'of Ada', 1);
  await unlock('of Ada', 1);
}
