import { pool } from './database.js';

/** Writes a line of CSV for each order that exists. */
export async function exportOrders(
  ids: readonly number[],
  write: (line: string) => void,
): Promise<void> {
  for (const id of ids) {
    const client = await pool.connect();
    const { rows } = await client.query('SELECT * FROM orders WHERE id = $1', [id]);
    if (rows.length === 0) {
      continue;
    }
    write(`${rows[0].id},${rows[0].customer},${rows[0].cents}`);
    client.release();
  }
}
