import { dataSource } from './database.js';

/** Notes who carries an order; an order is carried once. */
export async function ship(order: number, carrier: string): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    await runner.query('SELECT id FROM orders WHERE id = $1 FOR UPDATE', [order]);
    await runner.query('INSERT INTO shipments VALUES ($1, $2)', [order, carrier]);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
  await runner.release();
}
