import pg from 'pg';
import { guard, stats, subscribe, type Guarded, type GuardOptions, type LifeguardEvent } from '../../../packages/guard/dist/index.js';
import type { PostgresServer } from '../../servers/postgres.ts';
import { FakeClock } from '../clock.ts';

/** A guarded pool on a real server, whose guard has its time from the test. */
export interface Opened extends AsyncDisposable {
  readonly pool: Guarded<pg.Pool>;
  readonly clock: FakeClock;
  readonly events: readonly LifeguardEvent[];
  /** The types of the events, but for those of every checkout and of the pool as a whole. */
  alarms(): readonly string[];
}

/** What comes with every checkout, and what is told of a pool as a whole. */
const everyday = new Set(['acquired', 'returned', 'created', 'destroyed', 'exhausted', 'alert']);

const closing = new Set<unknown>();

export function openPg(server: PostgresServer, config: pg.PoolConfig = {}, options: GuardOptions = {}): Opened {
  const clock = new FakeClock();
  const events: LifeguardEvent[] = [];
  const pool = guard(new pg.Pool({ ...server.config, max: 2, ...config }), { name: 'orders', clock, ...options });
  // What was opened before may still close its connections.
  const earlier = new Set(closing);
  const unsubscribe = subscribe((event) => {
    if (event.type !== 'destroyed' || !earlier.has(event.serverId)) events.push(event);
  });
  const clients = new Set<pg.PoolClient>();
  pool.on('connect', (client) => {
    clients.add(client);
    closing.add(Reflect.get(client, 'processID'));
  });
  pool.on('error', () => undefined);
  return {
    pool,
    clock,
    events,
    alarms: () => events.map(({ type }) => type).filter((type) => !everyday.has(type)),
    async [Symbol.asyncDispose]() {
      const ended = pool.end();
      // What a failed test still holds would keep the pool from ending.
      if (stats(pool).active === 0) await ended;
      else for (const client of clients) await client.end();
      unsubscribe();
    },
  };
}
