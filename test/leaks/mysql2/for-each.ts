import type { Pool } from 'mysql2/promise';

interface Change {
  readonly what: string;
  readonly pieces: number;
}

async function deliver(pool: Pool, changes: readonly Change[]): Promise<void> {
  for (const { what, pieces } of changes) {
    const connection = await pool.getConnection(); // leak
    if (pieces === 0) continue;
    try {
      await connection.execute('UPDATE stock SET pieces = pieces + ? WHERE what = ?', [pieces, what]);
    } finally {
      connection.release();
    }
  }
}

export async function run(pool: Pool): Promise<void> {
  await deliver(pool, [{ what: 'lamp', pieces: 2 }, { what: 'desk', pieces: 0 }]);
}
