import assert from 'node:assert/strict';
import type { DataSource, QueryRunner } from 'typeorm';

async function addColumn(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS note text`);
}

async function migrate(source: DataSource, tables: readonly string[]): Promise<void> {
  const runner = source.createQueryRunner(); // leak
  for (const table of tables) await addColumn(runner, table);
  await runner.release();
}

export async function run(source: DataSource): Promise<void> {
  await assert.rejects(migrate(source, ['suppliers']), /does not exist/);
}
