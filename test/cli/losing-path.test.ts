import { describe, expect, test } from 'vitest';
import { losingPath } from '../../packages/cli/src/finding/losing-path.ts';

const lines = [
  'async function find(id) {',
  '  const client = await pool.connect();',
  '  const { rows } = await client.query(sql, [id]);',
  '  if (rows.length === 0) return null;',
  '',
  '  client.release();',
  '}',
];

function stepsFor(message: string, rule = 'lifeguard/require-release', line = 2) {
  const place = { line, column: 24, endLine: line, endColumn: 38 };
  return losingPath({ rule, message, ...place }, lines).map(({ says, ...step }) => ({
    code: lines[step.line - 1]?.slice(step.column - 1, step.endColumn - 1),
    line: step.line,
    says,
  }));
}

describe('the losing path', () => {
  test('starts at the place of the report', () => {
    expect(stepsFor('`client` is never released.')).toEqual([
      { line: 2, code: 'pool.connect()', says: 'acquired here' },
    ]);
  });

  test('leads to the call that throws', () => {
    const message = '`client` is not released if `client.query()` on line 3 throws.';
    expect(stepsFor(message, 'lifeguard/require-release-on-throw')[1]).toEqual({
      line: 3,
      code: 'client.query',
      says: 'lost if this throws',
    });
  });

  test('leads to the return that leaves', () => {
    expect(stepsFor('`client` is not released on the return on line 4.')[1]).toEqual({
      line: 4,
      code: 'return null;',
      says: 'lost by this return',
    });
  });

  test('passes all lines in the order of the message', () => {
    const message = '`client` is lost if line 3 throws; exits by the return on line 4.';
    expect(stepsFor(message).map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  test('names both releases in the order of the program', () => {
    const message = '`client` is released on line 3 and again on line 6.';
    expect(stepsFor(message, 'lifeguard/no-double-release')).toMatchObject([
      { line: 2, says: 'acquired here' },
      { line: 3, says: 'released here' },
      { line: 6, says: 'released again here' },
    ]);
  });

  test('leaves out lines that are empty or do not exist', () => {
    expect(stepsFor('`client` is lost on line 5 and on line 99.')).toHaveLength(1);
  });
});
