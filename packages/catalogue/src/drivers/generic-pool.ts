import type { Driver } from '../driver.ts';

/** generic-pool, which lends whatever its factory makes. */
export const genericPool = {
  name: 'generic-pool',
  packages: [{ module: 'generic-pool', versions: '^3.8.0' }],
  types: {
    Pool: { role: 'pool', ends: ['drain', 'clear'] },
    Resource: {
      role: 'other',
      modules: [],
      releases: [{ on: 'owner', method: 'release', settles: 'promise', twice: 'rejects' }],
      destroys: [{ on: 'owner', method: 'destroy', settles: 'promise', twice: 'rejects' }],
    },
  },
  makers: [{ export: 'createPool', how: 'call', gives: 'Pool' }],
  members: [],
  acquires: [{ of: 'Pool', method: 'acquire', arrives: 'promise', gives: 'Resource' }],
  scopes: [{ of: 'Pool', method: 'use', callback: 0, lends: 'Resource', wantsPromise: true }],
  waits: [{ maker: 'createPool', option: 'acquireTimeoutMillis', argument: 1, defaultMs: null }],
  gauges: [
    { of: 'Pool', total: 'size', active: 'borrowed', idle: 'available', waiting: 'pending' },
  ],
  native: [
    { option: 'testOnBorrow', does: 'Asks `factory.validate` at every acquire.' },
    { option: 'maxWaitingClients', does: 'Rejects an acquire when this many already wait.' },
    {
      option: 'evictionRunIntervalMillis',
      does: 'Closes idle resources; 0, the default, never does.',
    },
  ],
  evidence: [
    {
      fact: 'A second release rejects; without an await that ends the process.',
      source: 'generic-pool 3.9.0 lib/Pool.js:512',
    },
    {
      fact: 'A function given to `use` that throws at once loses the resource.',
      source: 'generic-pool 3.9.0 lib/Pool.js:478',
    },
  ],
  unproved: [],
} as const satisfies Driver;
