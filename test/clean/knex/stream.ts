import type { Knex } from 'knex';

async function pieces(knex: Knex): Promise<number> {
  let total = 0;
  for await (const row of knex('stock').select('pieces').stream()) {
    total += (row as { pieces: number }).pieces;
    if (total > 50) break;
  }
  return total;
}

export async function run(knex: Knex): Promise<void> {
  await pieces(knex);
}
