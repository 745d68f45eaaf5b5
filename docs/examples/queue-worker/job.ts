import { scope } from '@lifeguard/guard';
import { pool } from './database.ts';

interface Job {
  readonly id: number;
  readonly product: string;
}

/**
 * Ships one order that nobody else ships at the moment. A job is a scope: what it has not given back
 * when it ends is reported under its name.
 *
 * @returns Whether there was one.
 */
export function shipOne(): Promise<boolean> {
  return scope('ship', async () => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const { rows: [job] } = await client.query<Job>('SELECT id, product FROM orders WHERE NOT shipped ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED');
      if (job === undefined) {
        await client.query('ROLLBACK');
        return false;
      }
      console.log(`shipping order ${job.id}: ${job.product}`);
      await client.query('UPDATE orders SET shipped = TRUE WHERE id = $1', [job.id]);
      await client.query('COMMIT');
      return true;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  });
}
