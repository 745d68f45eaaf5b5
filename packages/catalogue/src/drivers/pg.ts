import type { Driver } from '../driver.ts';

/** pg and pg-pool, with pg-cursor and pg-query-stream. */
export const pg = {
  name: 'pg',
  packages: [
    { module: 'pg', versions: '^8.11.0' },
    { module: 'pg-pool', versions: '^3.6.0' },
    { module: 'pg-cursor', versions: '^2.10.0' },
    { module: 'pg-query-stream', versions: '^4.5.0' },
  ],
  types: {
    Pool: {
      role: 'pool',
      aliases: ['BoundPool'],
      modules: ['pg', 'pg-pool'],
      ends: ['end'],
      emitsError: true,
    },
    PoolClient: {
      role: 'connection',
      releases: [
        { on: 'resource', method: 'release', settles: 'sync', twice: 'throws' },
        { on: 'handle', method: 'done', settles: 'sync', twice: 'throws' },
      ],
      destroys: [
        { on: 'resource', method: 'release', argument: 'true', settles: 'sync', twice: 'throws' },
        { on: 'handle', method: 'done', argument: 'true', settles: 'sync', twice: 'throws' },
      ],
      operations: ['query'],
      usableAfterRelease: [
        'processID', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
      emitsError: true,
    },
    Client: {
      role: 'client',
      modules: ['pg'],
      releases: [{ on: 'resource', method: 'end', settles: 'either', twice: 'ignored' }],
      ends: ['end'],
      operations: ['query'],
      emitsError: true,
    },
    Cursor: {
      role: 'cursor',
      releases: [{ on: 'resource', method: 'close', settles: 'either', twice: 'ignored' }],
    },
    QueryStream: {
      role: 'stream',
      releases: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      disposes: { async: 'release' },
      consumedByIteration: true,
    },
  },
  makers: [
    { export: 'Pool', modules: ['pg'], how: 'new', gives: 'Pool' },
    { export: 'default', modules: ['pg-pool'], how: 'new', gives: 'Pool' },
    { export: 'native.Pool', modules: ['pg'], how: 'new', gives: 'Pool' },
    { export: 'Client', modules: ['pg'], how: 'new', gives: 'Client' },
    { export: 'native.Client', modules: ['pg'], how: 'new', gives: 'Client' },
    { export: 'default', modules: ['pg-cursor'], how: 'new', gives: 'Cursor' },
    { export: 'default', modules: ['pg-query-stream'], how: 'new', gives: 'QueryStream' },
  ],
  members: [],
  acquires: [
    { of: 'Pool', method: 'connect', arrives: 'promise', gives: 'PoolClient', when: 'no-callback' },
    {
      of: 'Pool',
      method: 'connect',
      arrives: 'callback',
      gives: 'PoolClient',
      callback: { error: 0, resource: 1, release: 2 },
      when: 'callback',
    },
    {
      of: 'Client',
      method: 'connect',
      arrives: 'receiver',
      gives: 'Client',
      resolvesToReceiver: true,
      proofOnly: true,
    },
    {
      of: 'Client',
      method: 'query',
      arrives: 'return',
      gives: 'Cursor',
      when: 'instance:Cursor',
      proofOnly: true,
    },
    {
      of: 'PoolClient',
      method: 'query',
      arrives: 'return',
      gives: 'Cursor',
      when: 'instance:Cursor',
      proofOnly: true,
    },
    {
      of: 'Client',
      method: 'query',
      arrives: 'return',
      gives: 'QueryStream',
      when: 'instance:QueryStream',
      proofOnly: true,
    },
    {
      of: 'PoolClient',
      method: 'query',
      arrives: 'return',
      gives: 'QueryStream',
      when: 'instance:QueryStream',
      proofOnly: true,
    },
  ],
  scopes: [{ of: 'Pool', method: 'query' }],
  waits: [
    { maker: 'Pool', option: 'connectionTimeoutMillis', argument: 0, defaultMs: null },
    { maker: 'default', option: 'connectionTimeoutMillis', argument: 0, defaultMs: null },
  ],
  statementTimeouts: [
    { maker: 'Pool', option: 'statement_timeout', argument: 0, defaultMs: null, cancels: 'server' },
    { maker: 'Pool', option: 'query_timeout', argument: 0, defaultMs: null, cancels: 'driver' },
    {
      maker: 'default',
      option: 'statement_timeout',
      argument: 0,
      defaultMs: null,
      cancels: 'server',
    },
    { maker: 'default', option: 'query_timeout', argument: 0, defaultMs: null, cancels: 'driver' },
    {
      maker: 'Client',
      option: 'statement_timeout',
      argument: 0,
      defaultMs: null,
      cancels: 'server',
    },
    { maker: 'Client', option: 'query_timeout', argument: 0, defaultMs: null, cancels: 'driver' },
  ],
  pings: [
    { of: 'PoolClient', method: 'query', query: '', settles: 'either' },
    { of: 'Client', method: 'query', query: '', settles: 'either' },
  ],
  fatal: [
    { code: 'ECONNRESET', means: 'closed' },
    { code: 'EPIPE', means: 'closed' },
    { code: 'ETIMEDOUT', means: 'closed' },
    { code: '08003', means: 'closed' },
    { code: '08006', means: 'closed' },
    { code: '57P01', means: 'shutdown' },
    { code: '57P02', means: 'shutdown' },
    { code: '57P03', means: 'shutdown' },
    { code: '25006', means: 'read-only' },
  ],
  gauges: [
    { of: 'Pool', total: 'totalCount', idle: 'idleCount', waiting: 'waitingCount' },
    {
      of: 'PoolClient',
      socket: 'connection.stream',
      transaction: 'getTransactionStatus()',
      serverId: 'processID',
    },
  ],
  native: [
    { option: 'idleTimeoutMillis', does: 'Closes idle connections, after 10 s by default.' },
    {
      option: 'maxLifetimeSeconds',
      does: 'Closes a connection of this age when it is given back.',
    },
    { option: 'maxUses', does: 'Closes a connection after this many checkouts.' },
    {
      option: 'idle_in_transaction_session_timeout',
      does: 'The server ends a session that idles in a transaction.',
    },
    { option: 'keepAlive', does: 'Turns on TCP keep-alive.' },
  ],
  secrets: ['password', 'connectionString', 'ssl'],
  evidence: [
    {
      fact: 'A second release throws, but only until the client is checked out again.',
      source: 'pg-pool 3.14.0 index.js:26, index.js:369',
    },
    {
      fact: 'Without connectionTimeoutMillis a checkout waits for ever.',
      source: 'pg-pool 3.14.0 index.js:206',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `Client.connect()`.',
    'The SQLSTATEs `08003`, `08006`, `57P01`, `57P02`, `57P03` and `25006` are the server\'s.',
    '`native.Pool` and `native.Client`, which need pg-native.',
  ],
} as const satisfies Driver;
