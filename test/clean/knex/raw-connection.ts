import type { Knex } from 'knex';

interface Asking {
  query(text: string): Promise<{ rows: unknown[] }>;
}

async function ask(knex: Knex, text: string): Promise<unknown[]> {
  const connection: Asking = await knex.client.acquireConnection();
  try {
    const { rows } = await connection.query(text);
    return rows;
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

export async function run(knex: Knex): Promise<void> {
  await ask(knex, 'SELECT 1');
  await ask(knex, 'SELECT 1 FROM invoices').catch(() => undefined);
}
