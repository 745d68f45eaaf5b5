import type { Knex } from 'knex';

class Draft {
  private trx: Knex.Transaction | undefined;
  private readonly knex: Knex;

  constructor(knex: Knex) {
    this.knex = knex;
  }

  async rename(id: number, name: string): Promise<void> {
    this.trx ??= await this.knex.transaction();
    await this.trx('customers').where({ id }).update({ name });
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const { trx } = this;
    this.trx = undefined;
    await (how === 'commit' ? trx?.commit() : trx?.rollback());
  }
}

export async function run(knex: Knex): Promise<void> {
  const draft = new Draft(knex);
  try {
    await draft.rename(1, 'Ada');
    await draft.rename(2, 'Grace');
  } finally {
    await draft.end('rollback');
  }
}
