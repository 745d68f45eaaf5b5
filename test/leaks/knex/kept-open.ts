import type { Knex } from 'knex';

/** Collects changes, which `save` writes. Nothing undoes them where nobody saves. */
class Draft {
  private trx: Knex.Transaction | undefined;
  private readonly knex: Knex;

  constructor(knex: Knex) {
    this.knex = knex;
  }

  async rename(id: number, name: string): Promise<void> {
    this.trx ??= await this.knex.transaction(); // leak (guard only: the linter names the call that makes the object take it)
    await this.trx('customers').where({ id }).update({ name });
  }

  async save(): Promise<void> {
    await this.trx?.commit();
    this.trx = undefined;
  }
}

export async function run(knex: Knex): Promise<void> {
  const draft = new Draft(knex);
  await draft.rename(1, 'Ada'); // leak (lint only: the guard names the checkout, inside the method that keeps the connection)
}
