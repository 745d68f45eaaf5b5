import type { Knex } from 'knex';

async function importOrders(knex: Knex, ids: readonly number[]): Promise<number> {
  const trx = await knex.transaction(); // leak
  let imported = 0;
  try {
    for (const id of ids) {
      await trx('orders').insert({ id, customer: 1, what: 'lamp', paid: 0 });
      imported += 1;
    }
    await trx.commit();
  } catch {
    imported = 0;
  }
  return imported;
}

export async function run(knex: Knex): Promise<void> {
  await importOrders(knex, [1, 2]);
}
