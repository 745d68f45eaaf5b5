import assert from 'node:assert/strict';
import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

function size(pool: Pool<Client>, table: string): Promise<number> {
  return pool.acquire().then((client) => // leak
    client.query(`SELECT 1 FROM ${table}`).then(async ({ rowCount }) => {
      await pool.release(client);
      return rowCount ?? 0;
    }),
  );
}

export async function run(pool: Pool<Client>): Promise<void> {
  await size(pool, 'orders');
  await assert.rejects(size(pool, 'invoices'));
}
