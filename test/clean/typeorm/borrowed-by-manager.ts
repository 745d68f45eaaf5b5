import type { DataSource, EntityManager } from 'typeorm';

async function pieces(manager: EntityManager, product: string): Promise<number> {
  const rows: { pieces: number }[] = await manager.query('SELECT pieces FROM stock WHERE what = $1', [product]);
  return rows[0]?.pieces ?? 0;
}

async function inStock(source: DataSource, products: readonly string[]): Promise<number> {
  const runner = source.createQueryRunner();
  try {
    let total = 0;
    for (const product of products) total += await pieces(runner.manager, product);
    return total;
  } finally {
    await runner.release();
  }
}

export async function run(source: DataSource): Promise<void> {
  await inStock(source, ['lamp', 'desk']);
}
