import type { Pool, PoolClient } from 'pg';

/** A unit of work, which owns its connection until it is over. */
class Work implements AsyncDisposable {
  private client: PoolClient | undefined;
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  async ask(text: string): Promise<number> {
    this.client ??= await this.pool.connect();
    const { rowCount } = await this.client.query(text);
    return rowCount ?? 0;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.client?.release();
    this.client = undefined;
    return Promise.resolve();
  }
}

export async function run(pool: Pool): Promise<void> {
  await using work = new Work(pool);
  await work.ask('SELECT 1 FROM orders');
  await work.ask('SELECT 1 FROM customers');
}
