import type { DataSource } from 'typeorm';

/** A query runner takes a connection when it first needs one. */
async function columns(source: DataSource, table: string | undefined): Promise<number> {
  const runner = source.createQueryRunner();
  try {
    if (table === undefined) return 0;
    const rows: unknown[] = await runner.query('SELECT 1 FROM information_schema.columns WHERE table_name = $1', [table]);
    return rows.length;
  } finally {
    await runner.release();
  }
}

export async function run(source: DataSource): Promise<void> {
  await columns(source, undefined);
  await columns(source, 'orders');
}
