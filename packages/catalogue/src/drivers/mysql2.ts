import type { Driver } from '../driver.ts';

/** mysql2: the callback API of `mysql2` and the promise API of `mysql2/promise`, with clusters. */
export const mysql2 = {
  name: 'mysql2',
  packages: [
    { module: 'mysql2', versions: '^3.9.0' },
    { module: 'mysql2/promise', versions: '^3.9.0' },
  ],
  types: {
    Pool: { role: 'pool', modules: ['mysql2'], ends: ['end'], disposes: { sync: 'end' } },
    PromisePool: {
      role: 'pool',
      aliases: ['Pool'],
      modules: ['mysql2/promise'],
      ends: ['end'],
      disposes: { async: 'end' },
    },
    PoolCluster: { role: 'pool', modules: ['mysql2'], ends: ['end'], disposes: { sync: 'end' } },
    PromisePoolCluster: {
      role: 'pool',
      aliases: ['PoolCluster'],
      modules: ['mysql2/promise'],
      ends: ['end'],
      disposes: { async: 'end' },
    },
    PoolNamespace: { role: 'pool', modules: ['mysql2'] },
    PromisePoolNamespace: { role: 'pool', aliases: ['PoolNamespace'], modules: ['mysql2/promise'] },
    PoolConnection: {
      endsAfterError: true,
      role: 'connection',
      modules: ['mysql2'],
      releases: [
        { on: 'resource', method: 'release', settles: 'sync', twice: 'ignored' },
        { on: 'owner', method: 'releaseConnection', settles: 'sync', twice: 'corrupts' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      disposes: { sync: 'release' },
      operations: [
        'query', 'execute', 'beginTransaction', 'commit', 'rollback', 'ping', 'prepare',
        'changeUser', 'reset',
      ],
      usableAfterRelease: [
        'threadId', 'state', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
      emitsError: true,
    },
    PromisePoolConnection: {
      role: 'connection',
      aliases: ['PoolConnection'],
      modules: ['mysql2/promise'],
      releases: [
        { on: 'resource', method: 'release', settles: 'sync', twice: 'ignored' },
        { on: 'owner', method: 'releaseConnection', settles: 'sync', twice: 'ignored' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      disposes: { async: 'release' },
      operations: [
        'query', 'execute', 'beginTransaction', 'commit', 'rollback', 'ping', 'prepare',
        'changeUser', 'reset',
      ],
      usableAfterRelease: [
        'threadId', 'connection', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
      emitsError: true,
    },
    Connection: {
      endsAfterError: true,
      role: 'client',
      infallible: ['connect'],
      modules: ['mysql2'],
      releases: [{ on: 'resource', method: 'end', settles: 'callback', drains: true, twice: 'rejects' }],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      ends: ['end', 'destroy'],
      disposes: { sync: 'end' },
      operations: [
        'query', 'execute', 'beginTransaction', 'commit', 'rollback', 'ping', 'prepare',
        'changeUser', 'reset',
      ],
      usableAfterRelease: [
        'threadId', 'state', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
      emitsError: true,
    },
    PromiseConnection: {
      role: 'client',
      aliases: ['Connection'],
      modules: ['mysql2/promise'],
      releases: [{ on: 'resource', method: 'end', settles: 'promise', drains: true, twice: 'ignored' }],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      ends: ['end', 'destroy'],
      disposes: { async: 'end' },
      operations: [
        'query', 'execute', 'beginTransaction', 'commit', 'rollback', 'ping', 'prepare',
        'changeUser', 'reset',
      ],
      usableAfterRelease: [
        'threadId', 'connection', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
      emitsError: true,
    },
    PreparedStatementInfo: {
      role: 'statement',
      modules: ['mysql2/promise'],
      releases: [{ on: 'resource', method: 'close', settles: 'promise', twice: 'unknown' }],
      operations: ['execute'],
    },
    PrepareStatementInfo: {
      role: 'statement',
      modules: ['mysql2'],
      releases: [{ on: 'resource', method: 'close', settles: 'sync', twice: 'unknown' }],
      operations: ['execute'],
    },
  },
  makers: [
    { export: 'createPool', modules: ['mysql2'], how: 'call', gives: 'Pool' },
    { export: 'createPool', modules: ['mysql2/promise'], how: 'call', gives: 'PromisePool' },
    { export: 'createPoolPromise', modules: ['mysql2'], how: 'call', gives: 'PromisePool' },
    { export: 'createPoolCluster', modules: ['mysql2'], how: 'call', gives: 'PoolCluster' },
    {
      export: 'createPoolCluster',
      modules: ['mysql2/promise'],
      how: 'call',
      gives: 'PromisePoolCluster',
    },
    { export: 'createConnection', modules: ['mysql2'], how: 'call', gives: 'Connection' },
    { export: 'connect', modules: ['mysql2'], how: 'call', gives: 'Connection' },
    {
      export: 'createConnectionPromise',
      modules: ['mysql2'],
      how: 'await',
      gives: 'PromiseConnection',
    },
    {
      export: 'createConnection',
      modules: ['mysql2/promise'],
      how: 'await',
      gives: 'PromiseConnection',
    },
  ],
  members: [
    { of: 'Pool', name: 'promise', how: 'call', gives: 'PromisePool' },
    { of: 'PromisePool', name: 'pool', how: 'get', gives: 'Pool' },
    { of: 'PoolCluster', name: 'of', how: 'call', gives: 'PoolNamespace' },
    { of: 'PromisePoolCluster', name: 'of', how: 'call', gives: 'PromisePoolNamespace' },
    { of: 'Connection', name: 'promise', how: 'call', gives: 'PromiseConnection' },
    { of: 'PromiseConnection', name: 'connection', how: 'get', gives: 'Connection' },
    { of: 'PoolConnection', name: 'promise', how: 'call', gives: 'PromisePoolConnection' },
    { of: 'PromisePoolConnection', name: 'connection', how: 'get', gives: 'PoolConnection' },
  ],
  acquires: [
    {
      of: 'Pool', method: 'getConnection', arrives: 'callback', gives: 'PoolConnection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'PromisePool',
      method: 'getConnection',
      arrives: 'promise',
      gives: 'PromisePoolConnection',
    },
    {
      of: 'PoolCluster', method: 'getConnection', arrives: 'callback', gives: 'PoolConnection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'PromisePoolCluster',
      method: 'getConnection',
      arrives: 'promise',
      gives: 'PromisePoolConnection',
    },
    {
      of: 'PoolNamespace', method: 'getConnection', arrives: 'callback', gives: 'PoolConnection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'PromisePoolNamespace',
      method: 'getConnection',
      arrives: 'promise',
      gives: 'PromisePoolConnection',
    },
    {
      of: 'module',
      method: 'createConnection',
      modules: ['mysql2'],
      arrives: 'return',
      gives: 'Connection',
      proofOnly: true,
    },
    {
      of: 'module',
      method: 'connect',
      modules: ['mysql2'],
      arrives: 'return',
      gives: 'Connection',
      proofOnly: true,
    },
    {
      of: 'module', method: 'createConnectionPromise', modules: ['mysql2'], arrives: 'promise',
      gives: 'PromiseConnection', proofOnly: true,
    },
    {
      of: 'module', method: 'createConnection', modules: ['mysql2/promise'], arrives: 'promise',
      gives: 'PromiseConnection', proofOnly: true,
    },
    {
      of: 'PromiseConnection',
      method: 'prepare',
      arrives: 'promise',
      gives: 'PreparedStatementInfo',
      proofOnly: true,
    },
    {
      of: 'PromisePoolConnection',
      method: 'prepare',
      arrives: 'promise',
      gives: 'PreparedStatementInfo',
      proofOnly: true,
    },
    {
      of: 'Connection', method: 'prepare', arrives: 'callback', gives: 'PrepareStatementInfo',
      callback: { error: 0, resource: 1 }, when: 'callback', proofOnly: true,
    },
    {
      of: 'PoolConnection', method: 'prepare', arrives: 'callback', gives: 'PrepareStatementInfo',
      callback: { error: 0, resource: 1 }, when: 'callback', proofOnly: true,
    },
  ],
  scopes: [
    { of: 'Pool', method: 'query' },
    { of: 'Pool', method: 'execute' },
    { of: 'PromisePool', method: 'query' },
    { of: 'PromisePool', method: 'execute' },
    { of: 'PoolNamespace', method: 'query' },
    { of: 'PoolNamespace', method: 'execute' },
    { of: 'PromisePoolNamespace', method: 'query' },
    { of: 'PromisePoolNamespace', method: 'execute' },
  ],
  waits: [
    {
      maker: 'createPool', argument: 0, defaultMs: null,
      advice: 'mysql2 has no acquire timeout: bound the queue with `queueLimit`, or race `getConnection` with a timer.',
    },
    {
      maker: 'createPoolCluster', argument: 0, defaultMs: null,
      advice: 'mysql2 has no acquire timeout: bound the queue with `queueLimit`, or race `getConnection` with a timer.',
    },
  ],
  pings: [
    { of: 'PoolConnection', method: 'ping', settles: 'callback' },
    { of: 'Connection', method: 'ping', settles: 'callback' },
    { of: 'PromisePoolConnection', method: 'ping', settles: 'promise' },
    { of: 'PromiseConnection', method: 'ping', settles: 'promise' },
  ],
  fatal: [
    { code: 'PROTOCOL_CONNECTION_LOST', means: 'closed' },
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
    { of: 'PoolConnection', socket: 'stream', serverId: 'threadId' },
    { of: 'PromisePoolConnection', socket: 'connection.stream', serverId: 'threadId' },
  ],
  statementTimeouts: [],
  native: [
    {
      option: 'queueLimit',
      does: 'Rejects an acquire when this many already wait; 0 is no limit.',
    },
    {
      option: 'idleTimeout',
      does: 'Closes idle connections, but only while `maxIdle` is below `connectionLimit`.',
    },
    { option: 'resetOnRelease', does: 'Resets the session when a connection is given back.' },
    { option: 'enableKeepAlive', does: 'Turns on TCP keep-alive.' },
    {
      option: 'gracefulEnd',
      does: 'Makes `end()` on a pooled connection close it, not give it back.',
    },
  ],
  secrets: [
    'password', 'password1', 'password2', 'password3', 'passwordSha1', 'uri', 'ssl', 'authPlugins',
  ],
  evidence: [
    {
      fact: 'A second `pool.releaseConnection(conn)` puts one connection twice into the free list.',
      source: 'mysql2 3.24.5 lib/base/pool.js:139',
    },
    {
      fact: '`end()` on a pooled connection gives it back with a warning, unless `gracefulEnd` is set.',
      source: 'mysql2 3.24.5 lib/pool_connection.js:35',
    },
    {
      fact: 'No option bounds the wait for a connection.',
      source: 'mysql2 3.24.5 lib/pool_config.js',
    },
    {
      fact: 'The idle reaper runs only while `maxIdle < connectionLimit`.',
      source: 'mysql2 3.24.5 lib/base/pool.js:50',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `module.createConnectionPromise()`, `PromiseConnection.prepare()`, `PromisePoolConnection.prepare()`.',
    'The numbers `1927`, `4031` and `1053` are the server\'s.',
    'What a second `PreparedStatementInfo.close` does, and all of `PrepareStatementInfo`.',
  ],
} as const satisfies Driver;
