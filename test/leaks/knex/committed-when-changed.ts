import type { Knex } from 'knex';

async function pay(knex: Knex, order: number): Promise<boolean> {
  const trx = await knex.transaction(); // leak
  try {
    const changed = await trx('orders').where({ id: order }).update({ paid: 1 });
    if (changed > 0) {
      await trx.commit();
      return true;
    }
  } catch (error) {
    await trx.rollback(error);
  }
  return false;
}

export async function run(knex: Knex): Promise<void> {
  await pay(knex, 1);
  await pay(knex, 99);
}
