import type { Pool, PoolClient } from 'pg';

class OrderRepository {
  private client: PoolClient | undefined;
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  async open(): Promise<void> {
    this.client = await this.pool.connect(); // leak
  }

  async count(): Promise<number> {
    const result = await this.client?.query('SELECT 1 FROM orders');
    return result?.rowCount ?? 0;
  }
}

export async function run(pool: Pool): Promise<void> {
  const repository = new OrderRepository(pool);
  await repository.open();
  await repository.count();
}
