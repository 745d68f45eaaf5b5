import type { Driver } from '../driver.ts';

/** mssql on tedious. */
export const mssql = {
  name: 'mssql',
  packages: [{ module: 'mssql', versions: '>=10 <13' }],
  types: {
    ConnectionPool: {
      role: 'pool',
      releases: [{ on: 'resource', method: 'close', settles: 'either', twice: 'ignored' }],
      ends: ['close'],
      emitsError: true,
    },
    Transaction: {
      role: 'transaction',
      releases: [
        { on: 'resource', method: 'commit', settles: 'either', twice: 'rejects' },
        { on: 'resource', method: 'rollback', settles: 'either', twice: 'rejects' },
      ],
      usableAfterRelease: ['on', 'once', 'off', 'removeListener', 'removeAllListeners', 'begin'],
    },
    PreparedStatement: {
      role: 'statement',
      releases: [{ on: 'resource', method: 'unprepare', settles: 'either', twice: 'rejects' }],
      operations: ['execute'],
      usableAfterRelease: [
        'on', 'once', 'off', 'removeListener', 'prepare', 'prepared', 'input', 'output',
      ],
    },
    Request: { role: 'other', operations: ['query', 'batch', 'execute', 'bulk'] },
    Connection: {
      role: 'connection',
      releases: [{ on: 'owner', method: 'release', settles: 'sync', twice: 'corrupts' }],
    },
  },
  makers: [
    { export: 'ConnectionPool', how: 'new', gives: 'ConnectionPool' },
    { export: 'connect', how: 'await', gives: 'ConnectionPool' },
    { export: 'Transaction', how: 'new', gives: 'Transaction' },
    { export: 'PreparedStatement', how: 'new', gives: 'PreparedStatement' },
    { export: 'Request', how: 'new', gives: 'Request' },
  ],
  members: [
    { of: 'ConnectionPool', name: 'transaction', how: 'call', gives: 'Transaction' },
    { of: 'ConnectionPool', name: 'request', how: 'call', gives: 'Request' },
    { of: 'Transaction', name: 'request', how: 'call', gives: 'Request' },
  ],
  acquires: [
    {
      of: 'Transaction',
      method: 'begin',
      arrives: 'receiver',
      gives: 'Transaction',
      resolvesToReceiver: true,
      proofOnly: true,
    },
    {
      of: 'PreparedStatement',
      method: 'prepare',
      arrives: 'receiver',
      gives: 'PreparedStatement',
      proofOnly: true,
    },
    {
      of: 'ConnectionPool',
      method: 'acquire',
      arrives: 'promise',
      gives: 'Connection',
      when: 'no-callback',
      proofOnly: true,
    },
    {
      of: 'ConnectionPool', method: 'acquire', arrives: 'callback', gives: 'Connection',
      callback: { error: 0, resource: 1 }, when: 'callback', proofOnly: true,
    },
    {
      of: 'ConnectionPool',
      method: 'connect',
      arrives: 'receiver',
      gives: 'ConnectionPool',
      resolvesToReceiver: true,
      proofOnly: true,
    },
  ],
  scopes: [
    { of: 'ConnectionPool', method: 'query' },
    { of: 'ConnectionPool', method: 'batch' },
    { of: 'Request', method: 'query' },
    { of: 'Request', method: 'batch' },
    { of: 'Request', method: 'execute' },
    { of: 'Request', method: 'bulk' },
    { of: 'module', method: 'query' },
    { of: 'module', method: 'batch' },
  ],
  waits: [
    {
      maker: 'ConnectionPool',
      option: 'pool.acquireTimeoutMillis',
      argument: 0,
      defaultMs: 30_000,
    },
    { maker: 'connect', option: 'pool.acquireTimeoutMillis', argument: 0, defaultMs: 30_000 },
  ],
  statementTimeouts: [
    {
      maker: 'ConnectionPool',
      option: 'requestTimeout',
      argument: 0,
      defaultMs: 15_000,
      cancels: 'server',
    },
    {
      maker: 'connect',
      option: 'requestTimeout',
      argument: 0,
      defaultMs: 15_000,
      cancels: 'server',
    },
  ],
  fatal: [
    { code: 'ESOCKET', means: 'closed' },
    { code: 'ECONNCLOSED', means: 'closed' },
    { code: 'ECLOSE', means: 'closed' },
  ],
  gauges: [
    {
      of: 'ConnectionPool',
      total: 'size',
      active: 'borrowed',
      idle: 'available',
      waiting: 'pending',
    },
    { of: 'Connection', socket: 'socket', transaction: 'inTransaction' },
  ],
  native: [
    {
      option: 'validateConnection',
      does: 'Runs `SELECT 1;` at every checkout; `socket` asks the socket only.',
    },
    { option: 'requestTimeout', does: 'Cancels a request after this many ms, 15000 by default.' },
  ],
  secrets: ['password', 'connectionString', 'token', 'clientSecret'],
  evidence: [
    {
      fact: 'A commit or rollback that is rejected with EREQINPROG does not give the connection back.',
      source: 'mssql 12.7.14 lib/tedious/transaction.js:37',
    },
    {
      fact: 'A rejection with EABORT means that the connection has gone back already.',
      source: 'mssql 12.7.14 lib/tedious/transaction.js:13',
    },
    {
      fact: 'Every checkout is validated with a query by default.',
      source: 'mssql 12.7.14 lib/tedious/connection-pool.js:126',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `PreparedStatement.prepare()`, `ConnectionPool.connect()`.',
    'What a second `PreparedStatement.unprepare` does.',
    'That tedious says `ECLOSE`, and has the socket at `Connection.socket` and the state at `Connection.inTransaction`.',
  ],
} as const satisfies Driver;
