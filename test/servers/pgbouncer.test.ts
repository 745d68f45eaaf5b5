import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { lives } from './life.ts';
import { isPgBouncerHere, type PgBouncerServer, type PoolMode, startPgBouncer } from './pgbouncer.ts';
import { startPostgres } from './postgres.ts';

const here = await isPgBouncerHere();
const postgres = here ? await startPostgres() : undefined;
afterAll(() => postgres?.stop());

const start = (mode: PoolMode): Promise<PgBouncerServer> => {
  if (postgres === undefined) throw new Error('There is no PgBouncer here.');
  return startPgBouncer(postgres, mode, { default_pool_size: 1 });
};

describe.skipIf(!here)('a PgBouncer', () => {
  lives(() => start('transaction'), async (server, limitMs) => {
    const client = new pg.Client({ ...server.config, connectionTimeoutMillis: limitMs });
    client.on('error', () => {});
    try {
      await client.connect();
      expect((await client.query('select 1 as answer')).rows).toEqual([{ answer: 1 }]);
    } finally {
      await client.end();
    }
  });

  test('lends one connection to two clients in transaction mode', async () => {
    await using server = await start('transaction');
    await withTwo(server, async (first, second) => {
      expect(await backend(first)).toBe(await backend(second));
    });
  });

  test('keeps a connection for its client in session mode', async () => {
    await using server = await start('session');
    await withTwo(server, async (first, second) => {
      await backend(first);
      const waiting = backend(second).then(() => 'second');
      await first.query('begin');
      await first.query('commit');
      expect(await Promise.race([waiting, backend(first).then(() => 'first')])).toBe('first');
      await first.end();
      expect(await waiting).toBe('second');
    });
  });
});

async function withTwo(server: PgBouncerServer, use: (first: pg.Client, second: pg.Client) => Promise<void>): Promise<void> {
  const [first, second] = [new pg.Client(server.config), new pg.Client(server.config)];
  try {
    await first.connect();
    await second.connect();
    await use(first, second);
  } finally {
    await first.end();
    await second.end();
  }
}

async function backend(client: pg.Client): Promise<number> {
  return (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0;
}
