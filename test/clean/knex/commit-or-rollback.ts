import type { Knex } from 'knex';

async function addCustomer(knex: Knex, id: number, name: string): Promise<boolean> {
  const trx = await knex.transaction();
  try {
    await trx('customers').insert({ id, name });
    await trx.commit();
    return true;
  } catch {
    await trx.rollback();
    return false;
  }
}

export async function run(knex: Knex): Promise<void> {
  await addCustomer(knex, 1, 'Ada again');
}
