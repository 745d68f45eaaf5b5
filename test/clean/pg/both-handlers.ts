import type { Pool } from 'pg';

function tryOut(pool: Pool, text: string): Promise<boolean> {
  return pool.connect().then((client) =>
    client.query(text).then(
      () => {
        client.release();
        return true;
      },
      (error: Error) => {
        client.release(error);
        return false;
      },
    ),
  );
}

export async function run(pool: Pool): Promise<void> {
  await tryOut(pool, 'SELECT 1 FROM orders');
  await tryOut(pool, 'SELECT 1 FROM invoices');
}
