import type { Knex } from 'knex';

async function openOrders(knex: Knex): Promise<number[]> {
  const customers = await knex('customers').select<{ id: number }[]>('id');
  return Promise.all(
    customers.map(async ({ id }) => {
      const orders = await knex('orders').where({ customer: id, paid: 0 });
      return orders.length;
    }),
  );
}

export async function run(knex: Knex): Promise<void> {
  await openOrders(knex);
}
