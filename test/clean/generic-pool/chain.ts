import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

function size(pool: Pool<Client>, table: string): Promise<number> {
  return pool.acquire().then((client) =>
    client
      .query(`SELECT 1 FROM ${table}`)
      .then(({ rowCount }) => rowCount ?? 0)
      .finally(() => pool.release(client)),
  );
}

export async function run(pool: Pool<Client>): Promise<void> {
  await size(pool, 'orders');
  await size(pool, 'invoices').catch(() => undefined);
}
