import type { DataSource } from 'typeorm';

async function sell(source: DataSource, product: string): Promise<boolean> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query('UPDATE stock SET pieces = pieces - 1 WHERE what = $1', [product]);
    await runner.commitTransaction();
    return true;
  } catch {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    return false;
  } finally {
    await runner.release();
  }
}

export async function run(source: DataSource): Promise<void> {
  await sell(source, 'lamp');
  await sell(source, 'chair');
}
