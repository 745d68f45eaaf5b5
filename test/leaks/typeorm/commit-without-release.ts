import type { DataSource } from 'typeorm';

async function sell(source: DataSource, product: string): Promise<void> {
  const runner = source.createQueryRunner(); // leak
  await runner.startTransaction();
  try {
    await runner.query('UPDATE stock SET pieces = pieces - 1 WHERE what = $1', [product]);
    await runner.commitTransaction();
    await runner.release();
  } catch {
    await runner.rollbackTransaction();
  }
}

export async function run(source: DataSource): Promise<void> {
  await sell(source, 'lamp');
  await sell(source, 'chair');
}
