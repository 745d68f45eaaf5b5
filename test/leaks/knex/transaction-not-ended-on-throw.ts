import assert from 'node:assert/strict';
import type { Knex } from 'knex';

async function addCustomer(knex: Knex, id: number, name: string): Promise<void> {
  const trx = await knex.transaction(); // leak
  await trx('customers').insert({ id, name });
  await trx.commit();
}

export async function run(knex: Knex): Promise<void> {
  await assert.rejects(addCustomer(knex, 1, 'Ada again'), /duplicate key/);
}
