import type { Knex } from 'knex';

async function pay(knex: Knex, order: number): Promise<void> {
  const trx = await knex.transaction(); // floating release (lint only: the connection does come back, if nothing fails)
  try {
    await trx('orders').where({ id: order }).update({ paid: 1 });
    await trx.commit();
  } catch {
    trx.rollback();
  }
}

export async function run(knex: Knex): Promise<void> {
  await pay(knex, 1);
}
