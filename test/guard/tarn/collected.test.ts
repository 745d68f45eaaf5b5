import { createPool } from 'generic-pool';
import createKnex from 'knex';
import pg from 'pg';
import { Pool } from 'tarn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { collect } from '../collect.ts';
import { watched } from '../watched.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** So that only `collected` can find anything. */
const options = { idleLimitMs: false } as const;

async function create(): Promise<pg.Client> {
  const client = new pg.Client(server.config);
  await client.connect();
  return client;
}
const destroy = (client: pg.Client): Promise<void> => client.end();

test('what nobody can give back to tarn is leaked and destroyed, and the waiter is served', async () => {
  const { pool, clock, alarms } = watched(new Pool<pg.Client>({ create, destroy, min: 0, max: 1 }), options);
  await (async () => {
    await (await pool.acquire().promise).query('select 1');
  })();
  const waiting = pool.acquire().promise;
  await collect(clock);
  pool.release(await waiting);
  expect(alarms().filter((type) => type !== 'exhausted')).toEqual(['leaked', 'reclaimed']);
  expect(stats(pool)).toMatchObject({ active: 0, idle: 1, reclaims: 1 });
  await pool.destroy();
});

test('what nobody can give back to generic-pool is leaked and destroyed', async () => {
  const { pool, clock, alarms } = watched(createPool<pg.Client>({ create, destroy }, { max: 1 }), options);
  await (async () => {
    await (await pool.acquire()).query('select 1');
  })();
  await collect(clock);
  expect(alarms()).toEqual(['leaked', 'reclaimed']);
  expect(stats(pool)).toMatchObject({ active: 0, total: 0 });
  await pool.drain();
  await pool.clear();
});

test('a transaction of knex that is forgotten is leaked, and one that is held is not', async () => {
  const { pool: knex, clock, alarms } = watched(createKnex({ client: 'pg', connection: { ...server.config }, pool: { min: 0, max: 2 } }), options);
  const held = await knex.transaction();
  await (async () => {
    await (await knex.transaction()).raw('select 1');
  })();
  await collect(clock);
  expect(alarms()).toEqual(['leaked', 'reclaimed']);
  await held.raw('select 1');
  await held.commit();
  // knex gives back after it has answered.
  await new Promise((resolve) => setImmediate(resolve));
  expect(stats(knex)).toMatchObject({ active: 0, reclaims: 1, returned: 1 });
  await knex.destroy();
});
