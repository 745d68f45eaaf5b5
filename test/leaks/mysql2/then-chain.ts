import assert from 'node:assert/strict';
import type { Pool, RowDataPacket } from 'mysql2/promise';

function columnsOf(pool: Pool, table: string): Promise<string[]> {
  return pool.getConnection().then(async (connection) => { // leak
    const [rows] = await connection.query<RowDataPacket[]>(`DESCRIBE ${table}`);
    connection.release();
    return rows.map((row) => String(row['Field']));
  });
}

export async function run(pool: Pool): Promise<void> {
  assert.deepEqual(await columnsOf(pool, 'customers'), ['id', 'name']);
  await assert.rejects(columnsOf(pool, 'invoices'), /doesn't exist/);
}
