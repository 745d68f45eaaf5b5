import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMariaDb, type MariaDbServer } from '../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { judge } from './judge.ts';
import { readByLint } from './lint.ts';
import { marksIn } from './mark.ts';
import { programsIn, type Program } from './program.ts';
import { watchRun } from './run.ts';
import { createTables } from './tables.ts';

let postgres: PostgresServer;
let mariaDb: MariaDbServer;
beforeAll(async () => {
  [postgres, mariaDb] = await Promise.all([startPostgres(), startMariaDb()]);
  await createTables({ postgres: postgres.config, mariaDb: mariaDb.config });
});
afterAll(() => Promise.all([postgres.stop(), mariaDb.stop()]));

/** What is wrong with a program, or with what the halves see in it; nothing, where both see what is marked. */
async function examine(program: Program): Promise<readonly string[]> {
  const { seen, broken } = await watchRun(program, { postgres: postgres.config, mariaDb: mariaDb.config });
  return [...broken, ...judge(program, 'lint', readByLint(program)), ...judge(program, 'guard', seen)];
}

const leaks = programsIn('leaks');
const clean = programsIn('clean');
const drivers = ['generic-pool', 'knex', 'mariadb', 'mysql2', 'pg', 'tarn', 'typeorm'];

test('there are programs enough', () => {
  expect(leaks.filter(({ marks }) => marks.some(({ what }) => what === 'leak')).length).toBeGreaterThanOrEqual(60);
  expect(clean.length).toBeGreaterThanOrEqual(60);
  for (const folder of [leaks, clean]) expect([...new Set(folder.map(({ driver }) => driver))]).toEqual(drivers);
});

describe('both halves see what is marked, and nothing else, in', () => {
  test.each(leaks.map((program) => [program.name, program] as const))('%s', async (_name, program) => {
    expect(program.marks).not.toEqual([]);
    expect(await examine(program)).toEqual([]);
  });
});

describe('both halves are silent on', () => {
  test.each(clean.map((program) => [program.name, program] as const))('%s', async (_name, program) => {
    expect(program.marks).toEqual([]);
    expect(await examine(program)).toEqual([]);
  });
});

describe('a mark that is not true fails its program:', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    'another-line': [
      'line 5: the linter does not see the leak',
      'line 4: the linter sees what no mark tells of: leak',
      'line 5: the guard does not see the leak',
      'line 4: the guard sees what no mark tells of: leak',
    ],
    'another-misdeed': [
      'line 4: the linter does not see the double release',
      'line 4: the linter sees what no mark tells of: leak',
      'line 4: the guard does not see the double release',
      'line 4: the guard sees what no mark tells of: leak',
    ],
    'fails': ['it failed: error: relation "nowhere" does not exist'],
    'never-run': ['it acquired nothing', 'line 4: the guard does not see the leak'],
    'no-leak': ['line 4: the linter does not see the leak', 'line 4: the guard does not see the leak'],
    'seen-by-guard-too': ['line 4: the guard sees the leak too, other than the mark says'],
    'seen-by-lint-too': ['line 4: the linter sees the leak too, other than the mark says'],
    'unmarked': ['line 4: the linter sees what no mark tells of: leak', 'line 4: the guard sees what no mark tells of: leak'],
  };
  const wrong = programsIn('twins/wrong');

  test.each(wrong.map((program) => [program.title, program] as const))('%s', async (title, program) => {
    expect(await examine(program)).toEqual(expected[title]);
  });

  test('all of them are tried', () => {
    expect(wrong.map(({ title }) => title)).toEqual(Object.keys(expected));
  });

  test('a mark that cannot be read is no mark', () => {
    expect(() => marksIn('pool.connect(); // leak (somebody sees it)')).toThrow('The mark on line 1 cannot be read: leak (somebody sees it)');
  });
});
