import { describe, expect, it } from 'vitest';
import { lint, mendsOf, withPools } from './mend.ts';

const programs: readonly (readonly [string, string])[] = [
  [
    'The resource is returned on one path',
    `
export async function take(id) {
  const client = await pool.connect();
  if (!id) return client;
  await client.query('SET x = 1');
}
`,
  ],
  [
    'A release in a function that runs later',
    `
export async function save(row) {
  const client = await pool.connect();
  await client.query('SET x = 1', [row]);
  setTimeout(() => client.release(), 10);
}
`,
  ],
  [
    'A broken client is destroyed in one branch and released in the other',
    `
export async function save(row) {
  const client = await pool.connect();
  await client.query('SET x = 1');
  try {
    await client.query('SET y = 1', [row]);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
`,
  ],
  [
    'A query that nobody waits for',
    `
export async function save(row) {
  const client = await pool.connect();
  client.query('SET x = 1');
  await client.query('SET y = 1', [row]);
  client.release();
}
`,
  ],
  [
    'An object that is returned gives it back',
    `
class Lease {
  constructor(client) {
    this.client = client;
  }
  release() {
    this.client.release();
  }
}
export async function lease() {
  const client = await pool.connect();
  await client.query('SET x = 1');
  return new Lease(client);
}
`,
  ],
  [
    'An object that commits, which needs a decision',
    `
class Unit {
  async begin() {
    this.client = await pool.connect();
  }
  query(text) {
    return this.client.query(text);
  }
  async commit() {
    await this.client.query('COMMIT');
    this.client.release();
  }
}
export async function save() {
  const unit = new Unit();
  await unit.begin();
  await unit.query('SET x = 1');
  await unit.commit();
}
`,
  ],
  [
    'A transaction, which needs a decision',
    `
import knex from 'knex';
const db = knex({ client: 'pg' });
export async function save(row) {
  const trx = await db.transaction();
  await trx('t').insert(row);
  await trx.commit();
}
`,
  ],
  [
    'A callback',
    `
export function find(id, done) {
  pool.connect((error, client) => {
    if (error) return done(error);
    if (!id) return done();
    client.query('SELECT 1', (failed, result) => {
      client.release();
      done(failed, result);
    });
  });
}
`,
  ],
  [
    'An assignment to a variable of an outer block',
    `
export async function save(row) {
  let client;
  if (row) {
    client = await pool.connect();
    await client.query('SET x = 1');
  }
  client?.release();
}
`,
  ],
  [
    'A case of a switch, which is no block',
    `
export async function save(row) {
  switch (row) {
    case 1:
      const client = await pool.connect();
      await client.query('SET x = 1');
      client.release();
  }
}
`,
  ],
  [
    'A function of the rest that is called from before it',
    `
export async function save(row) {
  const early = () => late(row);
  const client = await pool.connect();
  early();
  await client.query('SET x = 1');
  function late(value) {
    return value;
  }
  client.release();
}
`,
  ],
];

describe('A loss is reported without any suggestion:', () => {
  it.each(programs)('%s.', (title, program) => {
    for (const parser of ['espree', 'typescript'] as const) {
      expect(lint(withPools(program), parser), title).not.toEqual([]);
      for (const kind of ['finally', 'using', 'scope'] as const) expect(mendsOf(program, parser, kind)).toEqual([]);
    }
  });
});
