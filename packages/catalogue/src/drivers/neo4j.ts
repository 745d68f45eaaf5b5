import type { Driver } from '../driver.ts';

/** neo4j-driver: sessions take a connection when they are first used. */
export const neo4j = {
  name: 'neo4j',
  packages: [{ module: 'neo4j-driver', versions: '>=5.8.0 <7' }],
  types: {
    Driver: {
      role: 'client',
      releases: [{ on: 'resource', method: 'close', settles: 'promise', twice: 'ignored' }],
      ends: ['close'],
      disposes: { async: 'end' },
      infallible: ['session'],
    },
    Session: {
      role: 'session',
      endsWithOwner: ['close'],
      releases: [{ on: 'resource', method: 'close', settles: 'promise', twice: 'ignored' }],
      disposes: { async: 'release' },
      operations: [
        'run', 'beginTransaction', 'executeRead', 'executeWrite', 'readTransaction',
        'writeTransaction',
      ],
      usableAfterRelease: ['lastBookmarks', 'lastBookmark'],
      infallible: ['lastBookmarks', 'lastBookmark'],
    },
    Transaction: {
      role: 'transaction',
      endsWithOwner: ['close'],
      releases: [
        { on: 'resource', method: 'commit', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'rollback', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'close', settles: 'promise', twice: 'ignored' },
      ],
      disposes: { async: 'rollback' },
      operations: ['run'],
      usableAfterRelease: ['isOpen'],
    },
    ManagedTransaction: { role: 'transaction', operations: ['run'] },
  },
  makers: [{ export: 'driver', how: 'call', gives: 'Driver' }],
  members: [],
  acquires: [
    { of: 'module', method: 'driver', arrives: 'return', gives: 'Driver', proofOnly: true },
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
      arrives: 'promise',
      gives: 'Transaction',
      proofOnly: true,
    },
  ],
  scopes: [
    { of: 'Driver', method: 'executeQuery' },
    { of: 'Session', method: 'executeRead', callback: 0, lends: 'ManagedTransaction' },
    { of: 'Session', method: 'executeWrite', callback: 0, lends: 'ManagedTransaction' },
    { of: 'Session', method: 'readTransaction', callback: 0, lends: 'Transaction' },
    { of: 'Session', method: 'writeTransaction', callback: 0, lends: 'Transaction' },
  ],
  waits: [
    { maker: 'driver', option: 'connectionAcquisitionTimeout', argument: 2, defaultMs: 60_000 },
  ],
  pings: [{ of: 'Driver', method: 'verifyConnectivity', settles: 'promise' }],
  fatal: [
    { code: 'ServiceUnavailable', means: 'closed' },
    { code: 'SessionExpired', means: 'closed' },
    { code: 'Neo.ClientError.Cluster.NotALeader', means: 'read-only' },
  ],
  native: [
    {
      option: 'connectionLivenessCheckTimeout',
      does: 'Checks a connection that was idle for this long; never by default.',
    },
    {
      option: 'maxConnectionLifetime',
      does: 'Closes a connection of this age, one hour by default.',
    },
  ],
  secrets: ['credentials', 'password', 'clientCertificate'],
  evidence: [
    {
      fact: 'The result of `session.run()` holds the connection until it is consumed or the session closed.',
      source: 'neo4j-driver-core 6.3.0 lib/session.js',
    },
    {
      fact: '`readTransaction()`, `writeTransaction()` and `lastBookmark()` are of 5, and gone in 6.',
      source: 'neo4j-driver-core 5.28.3 lib/session.js:350',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `Session.beginTransaction()`.',
    'What a second `Transaction.commit`, `Transaction.rollback` and `Transaction.close` does.',
    'That the server says `Neo.ClientError.Cluster.NotALeader`.',
  ],
} as const satisfies Driver;
