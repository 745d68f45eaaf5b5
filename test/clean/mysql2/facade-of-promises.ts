import type { Pool, RowDataPacket } from 'mysql2';

/** The pool is one of callbacks, and this function is not. */
async function largest(pool: Pool): Promise<number> {
  const connection = await pool.promise().getConnection();
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT max(pieces) AS most FROM stock');
    return Number(rows[0]?.['most']);
  } finally {
    connection.release();
  }
}

export async function run(pool: Pool): Promise<void> {
  await largest(pool);
}
