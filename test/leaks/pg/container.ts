import type { Pool } from 'pg';

/** What knows all parts of the application, by name. */
type Container = Record<string, any>;

async function greet(container: Container, id: number): Promise<string> {
  const client = await container['pool'].connect(); // leak (guard only: nothing in the file says that this is a pool)
  const { rows } = await client.query('SELECT name FROM customers WHERE id = $1', [id]);
  return `Dear ${rows[0]?.name}`;
}

export async function run(pool: Pool): Promise<void> {
  await greet({ pool }, 1);
}
