import type { Pool } from 'pg';

/** Copies what changes rarely, through a second connection. */
async function copyStock(pool: Pool): Promise<number> {
  const from = await pool.connect(); // leak
  const to = await pool.connect(); // nested acquire (guard only: no rule looks for it yet)
  let copied = 0;
  try {
    const { rows } = await from.query<{ what: string; pieces: number }>('SELECT what, pieces FROM stock');
    for (const { what, pieces } of rows) {
      await to.query('UPDATE stock SET pieces = $2 WHERE what = $1', [what, pieces]);
      copied += 1;
    }
  } finally {
    to.release();
  }
  return copied;
}

export async function run(pool: Pool): Promise<void> {
  await copyStock(pool);
}
