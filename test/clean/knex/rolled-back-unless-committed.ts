import type { Knex } from 'knex';

async function sell(knex: Knex, product: string): Promise<boolean> {
  const trx = await knex.transaction();
  try {
    const row = await trx('stock').where({ what: product }).first<{ pieces: number } | undefined>();
    if (!row || row.pieces === 0) return false;
    await trx('stock').where({ what: product }).decrement('pieces');
    await trx.commit();
    return true;
  } finally {
    if (!trx.isCompleted()) await trx.rollback();
  }
}

export async function run(knex: Knex): Promise<void> {
  await sell(knex, 'lamp');
  await sell(knex, 'chair');
}
