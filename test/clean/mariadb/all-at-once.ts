import type { Pool } from 'mariadb';

async function sizes(pool: Pool, tables: readonly string[]): Promise<number[]> {
  return Promise.all(tables.map((table) => sizeOf(pool, table)));
}

async function sizeOf(pool: Pool, table: string): Promise<number> {
  const connection = await pool.getConnection();
  return connection
    .query<unknown[]>(`SELECT 1 FROM ${table}`)
    .then((rows) => rows.length)
    .finally(() => connection.release());
}

export async function run(pool: Pool): Promise<void> {
  await sizes(pool, ['orders', 'customers', 'stock']);
}
