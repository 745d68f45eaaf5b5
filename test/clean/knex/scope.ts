import type { Knex } from 'knex';

async function sell(knex: Knex, product: string): Promise<void> {
  await knex.transaction(async (trx) => {
    await trx('stock').where({ what: product }).decrement('pieces');
    await trx('orders').where({ what: product }).update({ paid: 1 });
  });
}

export async function run(knex: Knex): Promise<void> {
  await sell(knex, 'lamp');
  await sell(knex, 'chair').catch(() => undefined);
}
