import fc from 'fast-check';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { FakeClock } from '../clock.ts';
import { commands, compare, Model, Real } from './model.ts';
import { genericPools, tarn } from './no-io.ts';
import { mariadbOn, mysql2On, pgOn } from './servers.ts';
import type { Kind } from './subject.ts';

const isLong = process.env['LIFEGUARD_LONG'] === '1';
const seed = Number(process.env['LIFEGUARD_SEED'] ?? 20_240_229);
const operations = isLong ? 50_000 : 2000;

let server: PostgresServer;
let admin: pg.Client;
let mariaDb: MariaDbServer;
let mariaAdmin: mysql.Connection;
beforeAll(async () => {
  [server, mariaDb] = await Promise.all([startPostgres(), startMariaDb()]);
  admin = new pg.Client(server.config);
  await admin.connect();
  mariaAdmin = await mysql.createConnection(mariaDb.adminConfig);
});
afterAll(async () => {
  await admin.end();
  await mariaAdmin.end();
  await Promise.all([server.stop(), mariaDb.stop()]);
});

describe('any order of operations leaves the pool as a simple model has it, and no connection with two owners', () => {
  const kinds: readonly { readonly name: string; readonly make: () => Kind; readonly destroy: boolean; readonly kill: boolean }[] = [
    { name: 'generic-pool', make: () => genericPools, destroy: true, kill: false },
    { name: 'tarn', make: () => tarn, destroy: false, kill: false },
    { name: 'mysql2', make: () => mysql2On(mariaDb, mariaAdmin), destroy: true, kill: true },
    { name: 'mariadb', make: () => mariadbOn(mariaDb, mariaAdmin), destroy: true, kill: true },
    { name: 'pg', make: () => pgOn(server, admin), destroy: true, kill: true },
  ];

  test.each(kinds)('$name', { timeout: isLong ? 3_600_000 : 120_000 }, async ({ name, make, destroy, kill }) => {
    console.info(`${name}: ${operations} operations, LIFEGUARD_SEED=${seed}`);
    const kind = make();
    let done = 0;
    // A run has any number of operations: runs follow, each with a seed of its own, until there are enough.
    for (let round = 0; done < operations; round += 1) {
      const all = commands(kind, { destroy, kill }, () => (done += 1));
      const property = fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.commands(all, { maxCommands: 200, size: 'max' }), async (max, run) => {
        const model = new Model(max, kind.dropsKilled);
        const real = new Real(kind, max, new FakeClock());
        await fc.asyncModelRun(() => ({ model, real }), run);
        await finish(model, real);
      });
      await fc.assert(property, { seed: seed + round, numRuns: 5 });
    }
    expect(done).toBeGreaterThanOrEqual(operations);
  });
});

/** Everyone is served and gives back; then the pool ends, and has lost nothing. */
async function finish(model: Model, real: Real): Promise<void> {
  while (model.count('held', 'killed') > 0) {
    for (const [index, checkout] of model.checkouts.entries()) {
      if (checkout.state !== 'held' && checkout.state !== 'killed') continue;
      checkout.state = 'released';
      await real.heldBy(index).release();
    }
    model.serve();
    await compare(model, real);
  }
  expect(model.line).toEqual([]);
  await real.subject.end();
  expect(real.subject.counts()).toMatchObject({ active: 0, waiting: 0 });
}
