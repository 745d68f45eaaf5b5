import { once } from 'node:events';
import type { Pool } from 'pg';

/** Waits for one notification. */
async function nextPayment(pool: Pool): Promise<unknown[]> {
  const client = await pool.connect();
  try {
    await client.query('LISTEN payments');
    const heard = once(client, 'notification');
    await client.query("NOTIFY payments, 'of order 1'");
    return await heard;
  } finally {
    await client.query('UNLISTEN payments').catch(() => undefined);
    client.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await nextPayment(pool);
}
