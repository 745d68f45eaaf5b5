import { channel } from 'node:diagnostics_channel';
import { join } from 'node:path';
import type { EventOf, LifeguardEvent } from '../../../packages/guard/dist/index.js';

type Type = LifeguardEvent['type'];

const site = { file: join(process.cwd(), 'src/orders.ts'), line: 12, column: 20, function: 'loadOrder' };
const at = { file: join(process.cwd(), 'src/routes.ts'), line: 7, column: 3 };
const base = { pool: 'orders', atMs: Date.UTC(2026, 10, 2, 8, 30), lease: 41, site, scope: 'GET /orders/:id', waitedMs: 3, heldMs: 61_240, lastQuery: 'select * from orders where id = $1' };

/** One event of each type; the compiler asks for all of them. */
export const samples: { readonly [T in Type]: EventOf<T> } = {
  'leak-suspected': { ...base, type: 'leak-suspected', evidence: 'idle', occurrences: 1 },
  leaked: { ...base, type: 'leaked', evidence: 'scope-ended', occurrences: 3 },
  'returned-late': { ...base, type: 'returned-late', evidence: 'held' },
  reclaimed: { ...base, type: 'reclaimed', evidence: 'collected' },
  'stale-discarded': { type: 'stale-discarded', pool: 'orders', atMs: base.atMs, reason: 'ping-timeout', idleMs: 42_000 },
  'dirty-return': { ...base, type: 'dirty-return', at, found: 'transaction', action: 'rolled-back' },
  'stale-handle': { ...base, type: 'stale-handle', at, call: 'query', state: 'released', ownedByAnother: true },
  'nested-acquire': { ...base, type: 'nested-acquire', outer: 40, outerSite: at, safeMax: 21 },
  deadlock: {
    ...base,
    type: 'deadlock',
    cycle: [
      { scope: 'job a', pool: 'orders', heldBy: 'job b', lease: 40, heldAt: at },
      { scope: 'job b', pool: 'orders', heldBy: 'job a', lease: 41, heldAt: site },
    ],
  },
  exhausted: {
    ...base,
    type: 'exhausted',
    limit: 10,
    active: 10,
    idle: 0,
    waiting: 14,
    waitedMs: 1000,
    holders: [{ site, count: 9, ageMs: 61_240, doing: 'idle in transaction', lastQuery: 'begin' }, { count: 1, ageMs: 12, doing: 'running SQL' }],
    cause: 'leak',
    advice: 'Mend the leak.',
  },
  alert: { type: 'alert', pool: 'orders', atMs: base.atMs, alert: 'utilisation', state: 'raised', value: 0.93, limit: 0.8 },
  acquired: { ...base, type: 'acquired' },
  returned: { ...base, type: 'returned' },
  created: { type: 'created', pool: 'orders', atMs: base.atMs, serverId: 1234 },
  destroyed: { type: 'destroyed', pool: 'orders', atMs: base.atMs },
  'connection-lost': { ...base, type: 'connection-lost', code: '57P01' },
  'guard-error': { type: 'guard-error', pool: 'orders', atMs: base.atMs, message: 'no such file', during: 'report-file' },
};

/** Publishes an event as the guard would. */
export function publish(event: LifeguardEvent): void {
  channel(`lifeguard:${event.type}`).publish(event);
}
