import type { DataSource } from 'typeorm';

async function cancel(source: DataSource, order: number): Promise<boolean> {
  const runner = source.createQueryRunner(); // leak
  const rows: { paid: number }[] = await runner.query('SELECT paid FROM orders WHERE id = $1', [order]).catch(() => []);
  if (rows.length === 0) return false;
  await runner.release();
  return rows[0]?.paid === 0;
}

export async function run(source: DataSource): Promise<void> {
  await cancel(source, 2);
  await cancel(source, 99);
}
