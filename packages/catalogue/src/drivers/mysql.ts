import type { Driver } from '../driver.ts';

/** mysql, the callback driver that is no longer maintained. */
export const mysql = {
  name: 'mysql',
  packages: [{ module: 'mysql', versions: '^2.18.0' }],
  types: {
    Pool: { role: 'pool', ends: ['end'] },
    PoolCluster: { role: 'pool', ends: ['end'] },
    PoolNamespace: { role: 'pool' },
    PoolConnection: {
      endsAfterError: true,
      role: 'connection',
      releases: [
        { on: 'resource', method: 'release', settles: 'sync', twice: 'throws' },
        { on: 'owner', method: 'releaseConnection', settles: 'sync', twice: 'throws' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      operations: [
        'query', 'beginTransaction', 'commit', 'rollback', 'ping', 'changeUser', 'statistics',
      ],
      usableAfterRelease: [
        'threadId', 'state', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
    },
    Connection: {
      endsAfterError: true,
      role: 'client',
      infallible: ['connect'],
      releases: [{ on: 'resource', method: 'end', settles: 'callback', drains: true, twice: 'rejects' }],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      ends: ['end', 'destroy'],
      operations: [
        'query', 'beginTransaction', 'commit', 'rollback', 'ping', 'changeUser', 'statistics',
      ],
      usableAfterRelease: [
        'threadId', 'state', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
      emitsError: true,
    },
  },
  makers: [
    { export: 'createPool', how: 'call', gives: 'Pool' },
    { export: 'createPoolCluster', how: 'call', gives: 'PoolCluster' },
    { export: 'createConnection', how: 'call', gives: 'Connection' },
  ],
  members: [{ of: 'PoolCluster', name: 'of', how: 'call', gives: 'PoolNamespace' }],
  acquires: [
    {
      of: 'Pool', method: 'getConnection', arrives: 'callback', gives: 'PoolConnection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'PoolCluster', method: 'getConnection', arrives: 'callback', gives: 'PoolConnection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'PoolNamespace', method: 'getConnection', arrives: 'callback', gives: 'PoolConnection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'module',
      method: 'createConnection',
      arrives: 'return',
      gives: 'Connection',
      proofOnly: true,
    },
  ],
  scopes: [
    { of: 'Pool', method: 'query' },
    { of: 'PoolNamespace', method: 'query' },
  ],
  waits: [
    {
      maker: 'createPool', argument: 0, defaultMs: null,
      advice: '`acquireTimeout` does not cover the queue: bound it with `queueLimit`, or race `getConnection` with a timer.',
    },
    {
      maker: 'createPoolCluster', argument: 0, defaultMs: null,
      advice: '`acquireTimeout` does not cover the queue: bound it with `queueLimit`, or race `getConnection` with a timer.',
    },
  ],
  pings: [
    { of: 'PoolConnection', method: 'ping', settles: 'callback' },
    { of: 'Connection', method: 'ping', settles: 'callback' },
  ],
  fatal: [
    { code: 'PROTOCOL_CONNECTION_LOST', means: 'closed' },
    { code: 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR', means: 'closed' },
    { code: 'PROTOCOL_SEQUENCE_TIMEOUT', means: 'closed' },
    { code: 'ECONNRESET', means: 'closed' },
    { code: 'EPIPE', means: 'closed' },
    { code: 'ETIMEDOUT', means: 'closed' },
    { code: 1927, means: 'closed' },
    { code: 4031, means: 'closed' },
    { code: 1053, means: 'shutdown' },
    { code: 1290, means: 'read-only' },
    { code: 1792, means: 'read-only' },
    { code: 1836, means: 'read-only' },
  ],
  gauges: [
    {
      of: 'Pool', total: '_allConnections.length', idle: '_freeConnections.length', waiting: '_connectionQueue.length',
    },
    { of: 'PoolConnection', socket: '_socket', serverId: 'threadId' },
  ],
  native: [
    {
      option: 'acquireTimeout',
      does: 'Bounds connecting and the ping at checkout, not the wait in the queue.',
    },
    {
      option: 'queueLimit',
      does: 'Rejects an acquire when this many already wait; 0 is no limit.',
    },
  ],
  secrets: ['password', 'ssl'],
  evidence: [
    {
      fact: 'A second release throws only while the connection lies in the free list.',
      source: 'mysql 2.18.1 lib/Pool.js:135',
    },
    { fact: 'The pool pings at every checkout.', source: 'mysql 2.18.1 lib/Pool.js:81' },
    {
      fact: 'A destroyed connection never calls back its query in flight.',
      source: 'mysql 2.18.1 lib/protocol/Protocol.js',
    },
  ],
  unproved: [
    'The numbers `1927`, `4031`, `1053`, `1290`, `1792` and `1836` are the server\'s.',
  ],
} as const satisfies Driver;
