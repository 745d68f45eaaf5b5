import { describe, expect, it } from 'vitest';
import { lint, withPools } from './mend.ts';

const program = `
export async function find(id) {
  const connection = await mpool.getConnection();
  const [rows] = await connection.query('SELECT 1', [id]);
  connection.release();
  return rows;
}
`;

describe('The suggestions for one acquire', () => {
  it('come with the safest first.', () => {
    expect(lint(withPools(program)).flatMap(({ mended }) => mended.map(({ title }) => title))).toEqual([
      'Give `connection` back in a `finally`.',
      'Declare `connection` with `using`, which gives it back.',
      'Call `mpool.query()`, which acquires and releases by itself.',
    ]);
  });

  it('leave `using` out where the parser does not know it.', () => {
    const titles = lint(withPools(program), 'espree', 2024).flatMap(({ mended }) => mended.map(({ title }) => title));
    expect(titles.join()).not.toContain('using');
    expect(titles).toHaveLength(2);
  });
});
