import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';

/** A connection that has the settings of the shop. */
async function shopConnection(pool: Pool): Promise<PoolConnection> {
  const connection = await pool.getConnection(); // leak (guard only: the linter names the call of the function that hands the connection on)
  await connection.query("SET time_zone = '+00:00'").catch(() => undefined);
  return connection;
}

async function today(pool: Pool): Promise<unknown> {
  const connection = await shopConnection(pool); // leak (lint only: the guard names the checkout, inside the function that hands the connection on)
  const [rows] = await connection.query<RowDataPacket[]>('SELECT current_date AS today');
  return rows[0]?.['today'];
}

export async function run(pool: Pool): Promise<void> {
  await today(pool);
}
