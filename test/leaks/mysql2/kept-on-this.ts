import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';

/** Numbers that no two processes hand out twice. */
class Counter {
  #connection: PoolConnection | undefined;
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async next(): Promise<number> {
    this.#connection ??= await this.#pool.getConnection(); // leak
    const [rows] = await this.#connection.query<RowDataPacket[]>('SELECT max(id) + 1 AS next FROM orders');
    return Number(rows[0]?.['next']);
  }
}

export async function run(pool: Pool): Promise<void> {
  const counter = new Counter(pool);
  await counter.next();
  await counter.next();
}
