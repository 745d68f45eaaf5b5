import type { Driver } from '../driver.ts';

/** neo4j-driver before 2: all of it is in `v1` of the module, and closing gives no promise. */
export const neo4jV1 = {
  name: 'neo4j-v1',
  packages: [{ module: 'neo4j-driver', versions: '>=1.7.0 <2' }],
  types: {
    Driver: {
      role: 'client',
      releases: [{ on: 'resource', method: 'close', settles: 'sync', twice: 'ignored' }],
      ends: ['close'],
      infallible: ['session'],
    },
    Session: {
      role: 'session',
      endsWithOwner: ['close'],
      releases: [{ on: 'resource', method: 'close', settles: 'callback', twice: 'ignored' }],
      operations: ['run', 'readTransaction', 'writeTransaction'],
      usableAfterRelease: ['lastBookmark'],
      infallible: ['lastBookmark'],
    },
    Transaction: {
      role: 'transaction',
      endsWithOwner: ['close'],
      releases: [
        { on: 'resource', method: 'commit', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'rollback', settles: 'promise', twice: 'rejects' },
      ],
      operations: ['run'],
      usableAfterRelease: ['isOpen'],
    },
  },
  makers: [{ export: 'v1.driver', how: 'call', gives: 'Driver' }],
  members: [],
  acquires: [
    {
      of: 'Driver',
      method: 'session',
      arrives: 'return',
      gives: 'Session',
      lazy: true,
      proofOnly: true,
    },
    {
      of: 'Session',
      method: 'beginTransaction',
      arrives: 'return',
      gives: 'Transaction',
      proofOnly: true,
    },
  ],
  scopes: [
    { of: 'Session', method: 'readTransaction', callback: 0, lends: 'Transaction' },
    { of: 'Session', method: 'writeTransaction', callback: 0, lends: 'Transaction' },
  ],
  waits: [
    { maker: 'v1.driver', option: 'connectionAcquisitionTimeout', argument: 2, defaultMs: 60_000 },
  ],
  fatal: [
    { code: 'ServiceUnavailable', means: 'closed' },
    { code: 'SessionExpired', means: 'closed' },
  ],
  native: [
    {
      option: 'maxConnectionLifetime',
      does: 'Closes a connection of this age, one hour by default.',
    },
  ],
  secrets: ['credentials', 'password'],
  evidence: [
    {
      fact: 'A session takes a connection with its first statement and keeps it until the result is consumed or the session closed.',
      source: 'neo4j-driver 1.7.7 lib/v1/internal/connection-holder.js',
    },
  ],
  unproved: [
    'What a second `Transaction.commit` and `Transaction.rollback` does.',
  ],
} as const satisfies Driver;
