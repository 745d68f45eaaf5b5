import assert from 'node:assert/strict';
import type { Knex } from 'knex';

function addOrder(knex: Knex, id: number): Promise<void> {
  return knex.transaction().then((trx) => // leak
    trx('orders')
      .insert({ id, customer: 1, what: 'lamp', paid: 0 })
      .then(async () => {
        await trx.commit();
      }),
  );
}

export async function run(knex: Knex): Promise<void> {
  await assert.rejects(addOrder(knex, 1), /duplicate key/);
}
