import assert from 'node:assert/strict';
import type { Pool } from 'pg';

function totalOf(pool: Pool, customer: string): Promise<number> {
  return pool.connect().then((client) =>
    client
      .query<{ total: string }>('SELECT sum(paid) AS total FROM orders WHERE customer = $1', [customer])
      .then(({ rows }) => Number(rows[0]?.total))
      .finally(() => client.release()),
  );
}

export async function run(pool: Pool): Promise<void> {
  assert.equal(await totalOf(pool, '1'), 1);
  await assert.rejects(totalOf(pool, 'Ada'), /invalid input syntax/);
}
