import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventTypes, holders, scope, stats, type GuardOptions, type Lent } from '../../../packages/guard/dist/index.js';
import { holdersTable } from '../../../packages/guard/src/holders-table.ts';
import { logger } from '../../../packages/guard/dist/sinks/logger.js';
import { reportFile } from '../../../packages/guard/dist/sinks/report-file.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg, type Opened } from '../pg/open.ts';

let server: PostgresServer;
const folder = mkdtempSync(join(tmpdir(), 'lifeguard-secrets-'));
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const label = 'import from postgres://user:hush-in-label@db.example/orders';
const parameter = 'hush-parameter';
const statement = `select 'hush-in-literal', $1::text, $tag$hush-in-dollars$tag$ /* hush-in-comment */ -- hush-in-line`;

/** Everything that anybody may see: events, lines, records, tables and messages. */
class Seen {
  readonly types = new Set<string>();
  readonly texts: string[] = [];

  readonly errors = (error: unknown): void => {
    expect(error).toBeInstanceOf(Error);
    const { message, stack = '', ...rest } = error as Error;
    this.texts.push(message, stack, JSON.stringify(rest), JSON.stringify(Reflect.get(error as Error, 'lifeguard')) ?? '');
  };
}

test('a password, a connection string, a parameter or a literal is in nothing that is told, of whatever type', async () => {
  const seen = new Seen();
  const path = join(folder, 'report.jsonl');
  const report = reportFile(path);
  const line = (...words: readonly unknown[]): unknown => seen.texts.push(words.join(' '));
  const stop = logger({ error: line, warn: line, info: line }, { types: eventTypes, repeatAfterMs: 0 });

  async function within(options: GuardOptions, max: number, run: (orders: Opened) => Promise<void>): Promise<void> {
    const { host, port, user, password, database } = server;
    const connectionString = `postgres://${user}:${password}@${host}:${port}/${database}`;
    await using orders = openPg(server, { connectionString, max }, options);
    await run(orders);
    seen.texts.push(JSON.stringify(orders.events), holdersTable(stats(orders.pool), holders(orders.pool)), JSON.stringify([stats(orders.pool), holders(orders.pool)]));
    for (const { type } of orders.events) seen.types.add(type);
  }

  async function lend({ pool }: Opened): Promise<Lent<pg.PoolClient>> {
    const client = await scope(label, () => pool.connect());
    await client.query(statement, [parameter]);
    return client;
  }

  // Suspected, returned late, used late.
  await within({}, 2, async (orders) => {
    const client = await lend(orders);
    orders.clock.pass(200);
    client.release();
    await client.query(statement, [parameter]).catch(seen.errors);
  });

  // Leaked, a veto that throws, reclaimed.
  let isAllowed = false;
  const allow = (): boolean => {
    if (!isAllowed) throw new Error(`cannot ask postgres://user:hush-in-message@db.example with password=hush-in-message`);
    return true;
  };
  await within({ reclaim: { scopeEnded: 'destroy', allow } }, 2, async (orders) => {
    await lend(orders);
    orders.clock.pass(3000);
    isAllowed = true;
    orders.clock.pass(2000);
  });

  // Returned inside a transaction.
  await within({}, 2, async (orders) => {
    const client = await lend(orders);
    await client.query('begin');
    await client.query(statement, [parameter]);
    client.release();
    await expect.poll(() => orders.alarms()).toContain('dirty-return');
  });

  // Nested, exhausted, timed out.
  await within({ acquireTimeoutMs: 20_000 }, 1, async (orders) => {
    const client = await lend(orders);
    const waiting = scope(label, () => orders.pool.connect()).catch(seen.errors);
    orders.clock.pass(25_000);
    await waiting;
    client.release();
  });

  // Two jobs that hold one and wait for another.
  await within({}, 2, async (orders) => {
    let held = 0;
    const job = (): Promise<unknown> => scope(label, async () => {
      const first = await orders.pool.connect();
      await first.query(statement, [parameter]);
      held += 1;
      await expect.poll(() => held).toBe(2);
      const second = await orders.pool.connect().catch(seen.errors);
      second?.release();
      first.release();
    });
    const jobs = [job(), job()];
    await expect.poll(() => stats(orders.pool).waiting).toBe(2);
    orders.clock.pass(5000);
    await Promise.all(jobs);
  });

  // Too old, and lost while it is held.
  await within({ maxLifetimeMs: 60_000 }, 1, async (orders) => {
    (await lend(orders)).release();
    orders.clock.pass(61_000);
    const client = await lend(orders);
    const admin = new pg.Client(server.config);
    await admin.connect();
    await admin.query('select pg_terminate_backend($1)', [Reflect.get(client, 'processID')]);
    await admin.end();
    await expect.poll(() => orders.alarms()).toContain('connection-lost');
    await client.query(statement, [parameter]).catch(seen.errors);
    client.release();
  });

  stop();
  report.stop();
  seen.texts.push(readFileSync(path, 'utf8'));
  expect([...seen.types].sort()).toEqual([...eventTypes].sort());
  const all = seen.texts.join('\n');
  expect(all).toContain('import from postgres://***@db.example/orders');
  for (const secret of [server.password, 'hush']) expect(all.split('\n').filter((text) => text.includes(secret))).toEqual([]);
});
