import assert from 'node:assert/strict';
import type { Pool } from 'generic-pool';
import type { Client } from 'pg';

async function rename(pool: Pool<Client>, customer: number, name: string): Promise<void> {
  const client = await pool.acquire(); // leak
  await client.query('UPDATE customers SET name = $2 WHERE id = $1', [customer, name]);
  await pool.release(client);
}

export async function run(pool: Pool<Client>): Promise<void> {
  await assert.rejects(rename(pool, 1, 'x'.repeat(200)), /too long/);
}
