import { dataSource } from './database.js';

export interface Shipment {
  orderId: string;
  carrier: string;
  tracking: string;
}

export async function ship(shipment: Shipment): Promise<void> {
  const queryRunner = dataSource.createQueryRunner();
  await queryRunner.connect();
  await queryRunner.startTransaction();
  try {
    await queryRunner.query(
      'INSERT INTO shipments (order_id, carrier, tracking) VALUES ($1, $2, $3)',
      [shipment.orderId, shipment.carrier, shipment.tracking],
    );
    await queryRunner.query("UPDATE orders SET status = 'shipped' WHERE id = $1", [
      shipment.orderId,
    ]);
    await queryRunner.commitTransaction();
  } catch (error) {
    await queryRunner.rollbackTransaction();
    throw error;
  }
}

export async function tracking(orderId: string): Promise<string | undefined> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    const rows = await queryRunner.query('SELECT tracking FROM shipments WHERE order_id = $1', [
      orderId,
    ]);
    return rows[0]?.tracking;
  } finally {
    queryRunner.release();
  }
}
