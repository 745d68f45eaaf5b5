import assert from 'node:assert/strict';
import type { DataSource } from 'typeorm';

async function pay(source: DataSource, order: number): Promise<void> {
  const runner = source.createQueryRunner(); // leak
  await runner.connect();
  await runner.query('UPDATE orders SET paid = 1 / (id - $1) WHERE id = $1', [order]);
  await runner.release();
}

export async function run(source: DataSource): Promise<void> {
  await assert.rejects(pay(source, 2), /division by zero/);
}
