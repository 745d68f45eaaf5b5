import { EventEmitter, once } from 'node:events';
import type { Pool } from 'pg';

/** Tells each order as it is read. */
function readOrders(pool: Pool): EventEmitter {
  const orders = new EventEmitter();
  void pool.connect().then(async (client) => { // leak (guard only: whether anybody emits the event is not followed)
    orders.once('close', () => client.release());
    const { rows } = await client.query<object>('SELECT * FROM orders');
    for (const row of rows) orders.emit('order', row);
    orders.emit('end');
  });
  return orders;
}

export async function run(pool: Pool): Promise<void> {
  await once(readOrders(pool), 'end');
}
