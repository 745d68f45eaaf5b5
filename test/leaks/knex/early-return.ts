import type { Knex } from 'knex';

async function sell(knex: Knex, product: string): Promise<'sold' | 'sold out'> {
  const trx = await knex.transaction(); // leak
  try {
    const row = await trx('stock').where({ what: product }).first<{ pieces: number } | undefined>();
    if (!row || row.pieces === 0) return 'sold out';
    await trx('stock').where({ what: product }).decrement('pieces');
    await trx.commit();
    return 'sold';
  } catch (error) {
    await trx.rollback();
    throw error;
  }
}

export async function run(knex: Knex): Promise<void> {
  await sell(knex, 'lamp');
  await sell(knex, 'chair');
}
