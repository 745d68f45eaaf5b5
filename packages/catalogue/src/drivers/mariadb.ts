import type { Driver } from '../driver.ts';

/** mariadb: the promise API of `mariadb` and the callback API of `mariadb/callback`. */
export const mariadb = {
  name: 'mariadb',
  packages: [
    { module: 'mariadb', versions: '^3.3.0' },
    { module: 'mariadb/callback', versions: '^3.3.0' },
  ],
  types: {
    Pool: { role: 'pool', modules: ['mariadb'], ends: ['end'], disposes: { async: 'end' } },
    CallbackPool: { role: 'pool', aliases: ['Pool'], modules: ['mariadb/callback'], ends: ['end'] },
    PoolCluster: { role: 'pool', modules: ['mariadb'], ends: ['end'] },
    CallbackPoolCluster: {
      role: 'pool',
      aliases: ['PoolCluster'],
      modules: ['mariadb/callback'],
      ends: ['end'],
    },
    FilteredPoolCluster: { role: 'pool', modules: ['mariadb'] },
    CallbackFilteredPoolCluster: {
      role: 'pool',
      aliases: ['FilteredPoolCluster'],
      modules: ['mariadb/callback'],
    },
    PoolConnection: {
      role: 'connection',
      modules: ['mariadb'],
      releases: [
        { on: 'resource', method: 'release', settles: 'promise', twice: 'ignored' },
        { on: 'resource', method: 'end', settles: 'promise', twice: 'ignored' },
        { on: 'resource', method: 'close', settles: 'promise', twice: 'ignored' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      disposes: { async: 'release' },
      operations: [
        'query', 'execute', 'batch', 'beginTransaction', 'commit', 'rollback', 'ping', 'prepare',
        'reset', 'changeUser', 'importFile',
      ],
      usableAfterRelease: [
        'threadId', 'info', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
    },
    CallbackPoolConnection: {
      role: 'connection',
      aliases: ['PoolConnection'],
      modules: ['mariadb/callback'],
      releases: [
        { on: 'resource', method: 'release', settles: 'callback', twice: 'ignored' },
        { on: 'resource', method: 'end', settles: 'callback', twice: 'ignored' },
        { on: 'resource', method: 'close', settles: 'callback', twice: 'ignored' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      operations: [
        'query', 'execute', 'batch', 'beginTransaction', 'commit', 'rollback', 'ping', 'prepare',
        'reset', 'changeUser', 'importFile',
      ],
      usableAfterRelease: [
        'threadId', 'info', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
    },
    Connection: {
      role: 'client',
      modules: ['mariadb'],
      releases: [
        { on: 'resource', method: 'end', settles: 'promise', twice: 'ignored' },
        { on: 'resource', method: 'close', settles: 'promise', twice: 'ignored' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      ends: ['end', 'close', 'destroy'],
      disposes: { async: 'end' },
      operations: [
        'query', 'execute', 'batch', 'beginTransaction', 'commit', 'rollback', 'ping', 'prepare',
        'reset', 'changeUser', 'importFile',
      ],
      usableAfterRelease: [
        'threadId', 'info', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
    },
    CallbackConnection: {
      role: 'client',
      aliases: ['Connection'],
      modules: ['mariadb/callback'],
      releases: [
        { on: 'resource', method: 'end', settles: 'callback', twice: 'unknown' },
        { on: 'resource', method: 'close', settles: 'callback', twice: 'unknown' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'unknown' }],
      ends: ['end', 'close', 'destroy'],
      operations: [
        'query', 'execute', 'batch', 'beginTransaction', 'commit', 'rollback', 'ping', 'prepare',
        'reset', 'changeUser', 'importFile',
      ],
      usableAfterRelease: [
        'threadId', 'info', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
    },
    Prepare: {
      role: 'statement',
      releases: [{ on: 'resource', method: 'close', settles: 'sync', twice: 'unknown' }],
      operations: ['execute'],
    },
    Readable: {
      role: 'stream',
      modules: [],
      releases: [
        { on: 'resource', method: 'close', settles: 'sync', twice: 'ignored' },
        { on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' },
      ],
      disposes: { async: 'release' },
      consumedByIteration: true,
    },
  },
  makers: [
    { export: 'createPool', modules: ['mariadb'], how: 'call', gives: 'Pool' },
    { export: 'createPool', modules: ['mariadb/callback'], how: 'call', gives: 'CallbackPool' },
    { export: 'createPoolCluster', modules: ['mariadb'], how: 'call', gives: 'PoolCluster' },
    {
      export: 'createPoolCluster',
      modules: ['mariadb/callback'],
      how: 'call',
      gives: 'CallbackPoolCluster',
    },
    { export: 'createConnection', modules: ['mariadb'], how: 'await', gives: 'Connection' },
    {
      export: 'createConnection',
      modules: ['mariadb/callback'],
      how: 'call',
      gives: 'CallbackConnection',
    },
  ],
  members: [
    { of: 'PoolCluster', name: 'of', how: 'call', gives: 'FilteredPoolCluster' },
    { of: 'CallbackPoolCluster', name: 'of', how: 'call', gives: 'CallbackFilteredPoolCluster' },
  ],
  acquires: [
    { of: 'Pool', method: 'getConnection', arrives: 'promise', gives: 'PoolConnection' },
    { of: 'PoolCluster', method: 'getConnection', arrives: 'promise', gives: 'PoolConnection' },
    {
      of: 'FilteredPoolCluster',
      method: 'getConnection',
      arrives: 'promise',
      gives: 'PoolConnection',
    },
    {
      of: 'CallbackPool', method: 'getConnection', arrives: 'callback', gives: 'CallbackPoolConnection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'CallbackPoolCluster', method: 'getConnection', arrives: 'callback', gives: 'CallbackPoolConnection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'CallbackFilteredPoolCluster', method: 'getConnection', arrives: 'callback', gives: 'CallbackPoolConnection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'module',
      method: 'createConnection',
      modules: ['mariadb'],
      arrives: 'promise',
      gives: 'Connection',
      proofOnly: true,
    },
    {
      of: 'module', method: 'createConnection', modules: ['mariadb/callback'], arrives: 'return',
      gives: 'CallbackConnection', proofOnly: true,
    },
    { of: 'Connection', method: 'prepare', arrives: 'promise', gives: 'Prepare', proofOnly: true },
    {
      of: 'PoolConnection',
      method: 'prepare',
      arrives: 'promise',
      gives: 'Prepare',
      proofOnly: true,
    },
    {
      of: 'CallbackConnection', method: 'prepare', arrives: 'callback', gives: 'Prepare',
      callback: { error: 0, resource: 1 }, when: 'callback', proofOnly: true,
    },
    {
      of: 'CallbackPoolConnection', method: 'prepare', arrives: 'callback', gives: 'Prepare',
      callback: { error: 0, resource: 1 }, when: 'callback', proofOnly: true,
    },
    {
      of: 'Connection',
      method: 'queryStream',
      arrives: 'return',
      gives: 'Readable',
      proofOnly: true,
    },
    {
      of: 'PoolConnection',
      method: 'queryStream',
      arrives: 'return',
      gives: 'Readable',
      proofOnly: true,
    },
    {
      of: 'CallbackConnection',
      method: 'queryStream',
      arrives: 'return',
      gives: 'Readable',
      proofOnly: true,
    },
    {
      of: 'CallbackPoolConnection',
      method: 'queryStream',
      arrives: 'return',
      gives: 'Readable',
      proofOnly: true,
    },
  ],
  scopes: [
    { of: 'Pool', method: 'query' },
    { of: 'Pool', method: 'execute' },
    { of: 'Pool', method: 'batch' },
    { of: 'Pool', method: 'importFile' },
    { of: 'CallbackPool', method: 'query' },
    { of: 'CallbackPool', method: 'execute' },
    { of: 'CallbackPool', method: 'batch' },
    { of: 'CallbackPool', method: 'importFile' },
    { of: 'FilteredPoolCluster', method: 'query' },
    { of: 'FilteredPoolCluster', method: 'execute' },
    { of: 'FilteredPoolCluster', method: 'batch' },
    { of: 'CallbackFilteredPoolCluster', method: 'query' },
    { of: 'CallbackFilteredPoolCluster', method: 'execute' },
    { of: 'CallbackFilteredPoolCluster', method: 'batch' },
  ],
  waits: [{ maker: 'createPool', option: 'acquireTimeout', argument: 0, defaultMs: 10_000 }],
  statementTimeouts: [
    {
      maker: 'createPool',
      option: 'queryTimeout',
      argument: 0,
      defaultMs: null,
      cancels: 'server',
    },
  ],
  pings: [
    { of: 'PoolConnection', method: 'ping', settles: 'promise' },
    { of: 'Connection', method: 'ping', settles: 'promise' },
    { of: 'CallbackPoolConnection', method: 'ping', settles: 'callback' },
    { of: 'CallbackConnection', method: 'ping', settles: 'callback' },
  ],
  fatal: [
    { code: 'ER_SOCKET_UNEXPECTED_CLOSE', means: 'closed' },
    { code: 'ER_CONNECTION_ALREADY_CLOSED', means: 'closed' },
    { code: 'ER_CMD_CONNECTION_CLOSED', means: 'closed' },
    { code: 'ECONNRESET', means: 'closed' },
    { code: 'EPIPE', means: 'closed' },
    { code: 1927, means: 'closed' },
    { code: 4031, means: 'closed' },
    { code: 1053, means: 'shutdown' },
    { code: 1290, means: 'read-only' },
    { code: 1792, means: 'read-only' },
    { code: 1836, means: 'read-only' },
  ],
  gauges: [
    {
      of: 'Pool', total: 'totalConnections()', active: 'activeConnections()', idle: 'idleConnections()',
      waiting: 'taskQueueSize()',
    },
    {
      of: 'CallbackPool', total: 'totalConnections()', active: 'activeConnections()', idle: 'idleConnections()',
      waiting: 'taskQueueSize()',
    },
    {
      of: 'PoolConnection',
      socket: '__tests.getSocket()',
      transaction: 'info.status',
      serverId: 'threadId',
    },
    {
      of: 'CallbackPoolConnection',
      socket: '__tests.getSocket()',
      transaction: 'info.status',
      serverId: 'threadId',
    },
  ],
  native: [
    {
      option: 'leakDetectionTimeout',
      does: 'Logs a connection that is held longer than this; no stack, no reclaim.',
    },
    {
      option: 'minDelayValidation',
      does: 'Pings an idle connection at checkout after this many ms, 500 by default.',
    },
    { option: 'idleTimeout', does: 'Closes connections idle for this many seconds.' },
    { option: 'resetAfterUse', does: 'Resets the session when a connection is given back.' },
  ],
  secrets: ['password', 'ssl', 'cachingRsaPublicKey', 'rsaPublicKey'],
  evidence: [
    {
      fact: 'A late release by an old owner rolls back the transaction of the new one.',
      source: 'mariadb 3.5.4 lib/pool.js:422',
    },
    {
      fact: '`release`, `end` and `close` of a pooled connection are one function and return a promise.',
      source: 'mariadb 3.5.4 lib/pool-promise.js:99',
    },
    {
      fact: '`pingTimeout` is 250 ms and `resetAfterUse` false, other than its type comments say.',
      source: 'mariadb 3.5.4 lib/config/pool-options.js:28',
    },
  ],
  unproved: [
    'What a second `CallbackConnection.end`, `CallbackConnection.close` and `CallbackConnection.destroy` does.',
    'The prepared statement, `Prepare`.',
  ],
} as const satisfies Driver;
