import type { Driver } from '../driver.ts';

/** tarn, the pool inside knex and mssql. */
export const tarn = {
  name: 'tarn',
  packages: [{ module: 'tarn', versions: '^3.0.0' }],
  types: {
    Pool: { role: 'pool', ends: ['destroy'] },
    Resource: {
      role: 'other',
      modules: [],
      releases: [{ on: 'owner', method: 'release', settles: 'sync', twice: 'corrupts' }],
    },
  },
  makers: [{ export: 'Pool', how: 'new', gives: 'Pool' }],
  members: [],
  acquires: [
    { of: 'Pool', method: 'acquire', arrives: 'return', gives: 'Resource', property: 'promise' },
  ],
  scopes: [],
  waits: [{ maker: 'Pool', option: 'acquireTimeoutMillis', argument: 0, defaultMs: 30_000 }],
  gauges: [
    { of: 'Pool', active: 'numUsed()', idle: 'numFree()', waiting: 'numPendingAcquires()' },
  ],
  native: [{ option: 'validate', does: 'Your own check at every acquire; may return a promise.' }],
  evidence: [
    {
      fact: 'A second release returns false, but while an acquire waits it lends one resource to two owners.',
      source: 'tarn 3.1.2 dist/Pool.js:132',
    },
    {
      fact: '`acquire()` returns an object whose `promise` holds the resource.',
      source: 'tarn 3.1.2 dist/Pool.js:112',
    },
  ],
  unproved: [],
} as const satisfies Driver;
