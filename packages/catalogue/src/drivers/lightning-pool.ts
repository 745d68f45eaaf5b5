import type { Driver } from '../driver.ts';

/** lightning-pool, which lends whatever its factory makes: the pool inside postgrejs. */
export const lightningPool = {
  name: 'lightning-pool',
  packages: [{ module: 'lightning-pool', versions: '^4.2.0' }],
  types: {
    Pool: { role: 'pool', ends: ['close', 'closeAsync'] },
    Resource: {
      role: 'other',
      modules: [],
      releases: [
        { on: 'owner', method: 'release', settles: 'callback', twice: 'corrupts' },
        { on: 'owner', method: 'releaseAsync', settles: 'promise', twice: 'corrupts' },
      ],
      destroys: [
        { on: 'owner', method: 'destroy', settles: 'callback', twice: 'ignored' },
        { on: 'owner', method: 'destroyAsync', settles: 'promise', twice: 'ignored' },
      ],
    },
  },
  makers: [
    { export: 'Pool', how: 'new', gives: 'Pool' },
    { export: 'createPool', how: 'call', gives: 'Pool' },
  ],
  members: [],
  acquires: [
    { of: 'Pool', method: 'acquire', arrives: 'promise', gives: 'Resource', when: 'no-callback' },
    {
      of: 'Pool', method: 'acquire', arrives: 'callback', gives: 'Resource',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
  ],
  scopes: [],
  waits: [
    { maker: 'Pool', option: 'acquireTimeoutMillis', argument: 1, defaultMs: null },
    { maker: 'createPool', option: 'acquireTimeoutMillis', argument: 1, defaultMs: null },
  ],
  gauges: [
    { of: 'Pool', total: 'size', active: 'acquired', idle: 'available', waiting: 'pending' },
  ],
  native: [
    { option: 'validation', does: 'Asks `factory.validate` at every acquire; on by default.' },
    { option: 'maxQueue', does: 'Refuses an acquire when this many already wait; 1000 by default.' },
  ],
  evidence: [
    {
      fact: 'A second release, while `factory.reset` still works on the first, lends one resource to two owners.',
      source: 'lightning-pool 4.14.0 pool.js:455',
    },
    {
      fact: 'An acquire that has timed out counts as waiting until a resource comes free.',
      source: 'lightning-pool 4.14.0 pool-request.js:14',
    },
    {
      fact: 'What the callback of an acquire throws is swallowed.',
      source: 'lightning-pool 4.14.0 pool.js:294',
    },
  ],
  unproved: [],
} as const satisfies Driver;
