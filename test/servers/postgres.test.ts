import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lives } from './life.ts';
import { installed, type PostgresServer, startPostgres } from './postgres.ts';

lives(() => startPostgres(), async (server, limitMs) => {
  expect(await ask(server, 'select 1 as answer', limitMs)).toEqual([{ answer: 1 }]);
});

describe('with settings', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ settings: { max_connections: 7 } });
  });
  afterAll(() => server.stop());

  test('obeys them', async () => {
    expect(await ask(server, 'show max_connections')).toEqual([{ max_connections: '7' }]);
  });

  test('asks for the password', async () => {
    await expect(ask({ config: { ...server.config, password: 'wrong' } }, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('keeps what was committed before it was killed', async () => {
    await ask(server, 'create table kept as select 7 as number');
    await server.kill('SIGKILL');
    await server.restart();
    expect(await ask(server, 'select * from kept')).toEqual([{ number: 7 }]);
  });
});

test('says what the server said when it does not start', async () => {
  await expect(startPostgres({ settings: { nonsense: 1 } })).rejects.toThrow(/unrecognized configuration parameter "nonsense"/u);
});

test('runs from binaries in a folder that is closed to others', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'lifeguard-closed-'));
  try {
    cpSync(installed(), join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
    chmodSync(closed, 0o700);
    await using server = await startPostgres({ binaries: join(closed, 'native') });
    expect(await ask(server, 'select 1 as answer')).toEqual([{ answer: 1 }]);
  } finally {
    rmSync(closed, { recursive: true });
  }
});

async function ask({ config }: Pick<PostgresServer, 'config'>, sql: string, limitMs = 10_000): Promise<unknown[]> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: limitMs });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
