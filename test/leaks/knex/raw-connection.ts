import assert from 'node:assert/strict';
import type { Knex } from 'knex';

interface Asking {
  query(text: string): Promise<{ rows: unknown[] }>;
}

/** Speaks to the driver under knex, which knows more than knex does. */
async function notices(knex: Knex, text: string): Promise<unknown[]> {
  const connection: Asking = await knex.client.acquireConnection(); // leak
  const { rows } = await connection.query(text);
  await knex.client.releaseConnection(connection);
  return rows;
}

export async function run(knex: Knex): Promise<void> {
  await notices(knex, 'SELECT 1');
  await assert.rejects(notices(knex, 'SELECT 1 FROM invoices'), /does not exist/);
}
