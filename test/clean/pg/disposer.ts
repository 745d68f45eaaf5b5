import type { Pool, PoolClient } from 'pg';

interface Lent extends Disposable {
  readonly client: PoolClient;
}

/** pg's clients cannot be disposed of; what is made here can. */
async function lend(pool: Pool): Promise<Lent> {
  const client = await pool.connect();
  return { client, [Symbol.dispose]: () => client.release() };
}

async function countOrders(pool: Pool): Promise<number> {
  using lent = await lend(pool);
  const { rowCount } = await lent.client.query('SELECT 1 FROM orders');
  return rowCount ?? 0;
}

export async function run(pool: Pool): Promise<void> {
  await countOrders(pool);
}
