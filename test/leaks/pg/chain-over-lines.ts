import type { Pool } from 'pg';

function names(pool: Pool): Promise<string[]> {
  return pool // leak (lint only: where a call stands on several lines, the guard names the one with the name of the method)
    .connect() // leak (guard only: where a call stands on several lines, the linter names the first)
    .then((client) => client.query<{ name: string }>('SELECT name FROM customers'))
    .then(({ rows }) => rows.map(({ name }) => name));
}

export async function run(pool: Pool): Promise<void> {
  await names(pool);
}
