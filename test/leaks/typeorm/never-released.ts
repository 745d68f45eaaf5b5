import type { DataSource } from 'typeorm';

async function countOrders(source: DataSource): Promise<number> {
  const runner = source.createQueryRunner(); // leak
  const rows: unknown[] = await runner.query('SELECT 1 FROM orders');
  return rows.length;
}

export async function run(source: DataSource): Promise<void> {
  await countOrders(source);
}
