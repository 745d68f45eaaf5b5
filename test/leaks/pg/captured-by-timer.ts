import type { Pool } from 'pg';

/** Asks every minute how many orders are open. */
async function watchOpenOrders(pool: Pool, tell: (open: number) => void): Promise<NodeJS.Timeout> {
  const client = await pool.connect(); // leak
  const look = async (): Promise<void> => {
    const { rowCount } = await client.query('SELECT 1 FROM orders WHERE paid = 0');
    tell(rowCount ?? 0);
  };
  await look();
  return setInterval(() => void look(), 60_000);
}

export async function run(pool: Pool): Promise<void> {
  const timer = await watchOpenOrders(pool, () => undefined);
  clearInterval(timer);
}
