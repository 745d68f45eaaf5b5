import { afterEach, expect, test, vi } from 'vitest';
import { environmentWith } from '../../packages/cli/src/demo/machine/environment.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('programs of the demonstration get nothing that is said to clients and servers of PostgreSQL', () => {
  for (const name of ['PGSSLMODE', 'PGHOST', 'PGDATA', 'PGOPTIONS', 'PG_COLOR']) vi.stubEnv(name, 'of the shell');
  vi.stubEnv('LIFEGUARD_TEST_PGSSLMODE', 'of the shell');
  const environment = environmentWith({ LC_ALL: 'C' });
  expect(Object.keys(environment).filter((name) => name.startsWith('PG'))).toEqual([]);
  expect(environment).toMatchObject({ PATH: process.env['PATH'], LIFEGUARD_TEST_PGSSLMODE: 'of the shell', LC_ALL: 'C' });
});
