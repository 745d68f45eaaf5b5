import { describe, expect, it } from 'vitest';
import { mendsOf } from './mend.ts';

const programs: readonly (readonly [string, string, string])[] = [
  [
    'One query goes to the pool.',
    `
export async function find(id) {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT * FROM t WHERE id = $1', [id]);
  client.release();
  return rows;
}
`,
    `
export async function find(id) {
  const { rows } = await pool.query('SELECT * FROM t WHERE id = $1', [id]);
  return rows;
}
`,
  ],
  [
    'A returned query goes to the pool of the class.',
    `
export class Users {
  pool = new pg.Pool();
  async find(id) {
    const client = await this.pool.connect();
    if (!id) return undefined;
    try {
      return client.query('SELECT 1', [id]);
    } finally {
      client.release();
    }
  }
}
`,
    `
export class Users {
  pool = new pg.Pool();
  async find(id) {
    if (!id) return undefined;
    return this.pool.query('SELECT 1', [id]);
  }
}
`,
  ],
];

describe('A suggested query on the pool.', () => {
  it.each(programs)('%s', (_title, before, after) => {
    expect(mendsOf(before, 'espree', 'scope')).toEqual([after]);
    expect(mendsOf(before, 'typescript', 'scope')).toEqual([after]);
  });
});
