import type { Driver } from '../driver.ts';

/** knex: transactions, transaction providers, streams and raw connections. */
export const knex = {
  name: 'knex',
  packages: [{ module: 'knex', versions: '>=1.0.0 <4' }],
  types: {
    Knex: { role: 'pool', ends: ['destroy'] },
    Transaction: {
      role: 'transaction',
      aliases: ['Knex.Transaction'],
      releases: [
        { on: 'resource', method: 'commit', settles: 'promise', twice: 'ignored' },
        { on: 'resource', method: 'rollback', settles: 'promise', twice: 'ignored' },
      ],
      operations: ['raw', 'select', 'insert', 'update', 'delete', 'savepoint'],
      usableAfterRelease: ['isCompleted', 'executionPromise', 'on', 'once', 'off'],
      endedWhen: ['isCompleted'],
    },
    TransactionProvider: { role: 'other', aliases: ['Knex.TransactionProvider'] },
    Client: { role: 'pool', aliases: ['Knex.Client'] },
    RawConnection: {
      role: 'connection',
      modules: [],
      releases: [
        { on: 'owner', method: 'releaseConnection', settles: 'promise', twice: 'ignored' },
      ],
    },
    QueryBuilder: {
      role: 'other',
      aliases: ['Knex.QueryBuilder'],
      chains: [
        'select', 'from', 'where', 'andWhere', 'orWhere', 'whereIn', 'join', 'leftJoin', 'orderBy',
        'groupBy', 'limit', 'offset', 'transacting',
      ],
    },
    Raw: { role: 'other', aliases: ['Knex.Raw'], chains: ['transacting', 'connection', 'timeout'] },
    Readable: {
      role: 'stream',
      modules: [],
      releases: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      disposes: { async: 'release' },
      consumedByIteration: true,
    },
  },
  makers: [
    { export: 'default', how: 'call', gives: 'Knex' },
    { export: 'knex', how: 'call', gives: 'Knex' },
  ],
  members: [
    { of: 'Knex', name: 'client', how: 'get', gives: 'Client' },
    { of: 'Knex', name: 'transactionProvider', how: 'call', gives: 'TransactionProvider' },
    { of: 'Knex', name: '()', how: 'call', gives: 'QueryBuilder' },
    { of: 'Knex', name: 'select', how: 'call', gives: 'QueryBuilder' },
    { of: 'Knex', name: 'from', how: 'call', gives: 'QueryBuilder' },
    { of: 'Knex', name: 'table', how: 'call', gives: 'QueryBuilder' },
    { of: 'Knex', name: 'queryBuilder', how: 'call', gives: 'QueryBuilder' },
    { of: 'Knex', name: 'raw', how: 'call', gives: 'Raw' },
    { of: 'Knex', name: 'withUserParams', how: 'call', gives: 'Knex' },
    { of: 'Transaction', name: 'client', how: 'get', gives: 'Client' },
    { of: 'Transaction', name: '()', how: 'call', gives: 'QueryBuilder' },
    { of: 'Transaction', name: 'select', how: 'call', gives: 'QueryBuilder' },
    { of: 'Transaction', name: 'from', how: 'call', gives: 'QueryBuilder' },
    { of: 'Transaction', name: 'raw', how: 'call', gives: 'Raw' },
  ],
  acquires: [
    {
      of: 'Knex',
      method: 'transaction',
      arrives: 'promise',
      gives: 'Transaction',
      when: 'no-callback',
    },
    {
      of: 'Transaction',
      method: 'transaction',
      arrives: 'promise',
      gives: 'Transaction',
      when: 'no-callback',
    },
    {
      of: 'TransactionProvider',
      method: '()',
      arrives: 'promise',
      gives: 'Transaction',
      proofOnly: true,
    },
    { of: 'Client', method: 'acquireConnection', arrives: 'promise', gives: 'RawConnection' },
    {
      of: 'QueryBuilder',
      method: 'stream',
      arrives: 'return',
      gives: 'Readable',
      when: 'no-callback',
      proofOnly: true,
    },
    {
      of: 'Raw',
      method: 'stream',
      arrives: 'return',
      gives: 'Readable',
      when: 'no-callback',
      proofOnly: true,
    },
  ],
  scopes: [
    { of: 'Knex', method: 'transaction', callback: 0, lends: 'Transaction' },
    { of: 'Transaction', method: 'transaction', callback: 0, lends: 'Transaction' },
    { of: 'Transaction', method: 'savepoint', callback: 0, lends: 'Transaction' },
    { of: 'QueryBuilder', method: 'stream', callback: -1 },
    { of: 'Raw', method: 'stream', callback: -1 },
    { of: 'Knex', method: 'raw' },
  ],
  waits: [
    { maker: 'default', option: 'acquireConnectionTimeout', argument: 0, defaultMs: 60_000 },
    { maker: 'knex', option: 'acquireConnectionTimeout', argument: 0, defaultMs: 60_000 },
  ],
  pings: [{ of: 'Knex', method: 'raw', query: 'select 1', settles: 'promise' }],
  gauges: [
    {
      of: 'Client', active: 'pool.numUsed()', idle: 'pool.numFree()', waiting: 'pool.numPendingAcquires()',
    },
  ],
  native: [
    { option: 'pool.validate', does: 'Your own check at every acquire; may return a promise.' },
    { option: 'pool.maxConnectionLifetimeMillis', does: 'Replaces a connection of this age.' },
    { option: 'acquireConnectionTimeout', does: 'Bounds the wait for a connection.' },
  ],
  secrets: ['password', 'connectionString', 'connection'],
  evidence: [
    {
      fact: 'A second or foreign `releaseConnection` is ignored, unless an acquire waits: then tarn may lend it twice.',
      source: 'knex 3.3.0 lib/client.js:460, tarn 3.1.2 dist/Pool.js:132',
    },
    {
      fact: 'Nothing but commit and rollback gives the connection of a transaction back.',
      source: 'knex 3.3.0 lib/execution/transaction.js',
    },
  ],
  unproved: [],
} as const satisfies Driver;
