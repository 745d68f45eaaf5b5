import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

/** Workers that each keep a client for as long as they live. */
class Worker {
  private client: Client | undefined;
  private readonly pool: Pool<Client>;

  constructor(pool: Pool<Client>) {
    this.pool = pool;
  }

  async start(): Promise<void> {
    this.client = await this.pool.acquire(); // leak
    await this.client.query("SET application_name = 'worker'");
  }

  stop(): void {
    this.client = undefined;
  }
}

export async function run(pool: Pool<Client>): Promise<void> {
  const worker = new Worker(pool);
  await worker.start();
  worker.stop();
}
