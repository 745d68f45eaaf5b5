import type { DataSource } from 'typeorm';

async function sell(source: DataSource, product: string): Promise<void> {
  await source.transaction(async (manager) => {
    await manager.query('UPDATE stock SET pieces = pieces - 1 WHERE what = $1', [product]);
    await manager.query('UPDATE orders SET paid = 1 WHERE what = $1', [product]);
  });
}

export async function run(source: DataSource): Promise<void> {
  await sell(source, 'lamp');
  await sell(source, 'chair').catch(() => undefined);
}
