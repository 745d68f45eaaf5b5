import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

class Worker {
  private client: Client | undefined;
  private readonly pool: Pool<Client>;

  constructor(pool: Pool<Client>) {
    this.pool = pool;
  }

  async start(): Promise<void> {
    this.client = await this.pool.acquire();
  }

  async stop(): Promise<void> {
    if (this.client === undefined) return;
    await this.pool.release(this.client);
    this.client = undefined;
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  const worker = new Worker(pool);
  await worker.start();
  await worker.stop();
  await worker.stop();
}
