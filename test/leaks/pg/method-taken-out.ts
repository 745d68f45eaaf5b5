import type { Pool } from 'pg';

async function serverId(pool: Pool): Promise<unknown> {
  const { processID } = (await pool.connect()) as unknown as { processID: number }; // leak
  return processID;
}

export async function run(pool: Pool): Promise<void> {
  await serverId(pool);
}
