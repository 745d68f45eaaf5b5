import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';

/** Takes over the connection that it is made of. */
class Reader implements AsyncDisposable {
  readonly #connection: PoolConnection;

  private constructor(connection: PoolConnection) {
    this.#connection = connection;
  }

  static async open(pool: Pool): Promise<Reader> {
    return new Reader(await pool.getConnection());
  }

  async count(): Promise<number> {
    const [rows] = await this.#connection.query<RowDataPacket[]>('SELECT id FROM orders');
    return rows.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await using reader = await Reader.open(pool);
  await reader.count();
}
