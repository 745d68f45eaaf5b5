import type { Driver } from '../driver.ts';

/** sequelize 6 and its connection manager. */
export const sequelize = {
  name: 'sequelize',
  packages: [{ module: 'sequelize', versions: '^6.0.0' }],
  types: {
    Sequelize: { role: 'pool', ends: ['close'] },
    Model: { role: 'other' },
    Transaction: {
      role: 'transaction',
      releases: [
        { on: 'resource', method: 'commit', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'rollback', settles: 'promise', twice: 'rejects' },
      ],
      usableAfterRelease: ['id', 'afterCommit', 'LOCK'],
      endedWhen: ['finished'],
    },
    ConnectionManager: { role: 'pool' },
    RawConnection: {
      role: 'connection',
      modules: [],
      releases: [{ on: 'owner', method: 'releaseConnection', settles: 'sync', twice: 'ignored' }],
      destroys: [
        { on: 'owner', method: 'destroyConnection', settles: 'promise', twice: 'ignored' },
      ],
    },
  },
  makers: [
    { export: 'Sequelize', how: 'new', gives: 'Sequelize' },
    { export: 'default', how: 'new', gives: 'Sequelize' },
    { export: 'Model', how: 'value', gives: 'Model' },
  ],
  members: [
    { of: 'Sequelize', name: 'connectionManager', how: 'get', gives: 'ConnectionManager' },
    { of: 'Sequelize', name: 'define', how: 'call', gives: 'Model' },
    { of: 'Sequelize', name: 'model', how: 'call', gives: 'Model' },
    { of: 'Model', name: 'sequelize', how: 'get', gives: 'Sequelize' },
  ],
  acquires: [
    {
      of: 'Sequelize',
      method: 'transaction',
      arrives: 'promise',
      gives: 'Transaction',
      when: 'no-callback',
    },
    {
      of: 'ConnectionManager',
      method: 'getConnection',
      arrives: 'promise',
      gives: 'RawConnection',
    },
  ],
  scopes: [
    { of: 'Sequelize', method: 'transaction', callback: -1, lends: 'Transaction' },
    { of: 'Sequelize', method: 'query' },
    { of: 'Sequelize', method: 'authenticate' },
  ],
  waits: [
    { maker: 'Sequelize', option: 'pool.acquire', argument: -1, defaultMs: 60_000 },
    { maker: 'default', option: 'pool.acquire', argument: -1, defaultMs: 60_000 },
  ],
  pings: [{ of: 'Sequelize', method: 'query', query: 'SELECT 1', settles: 'promise' }],
  gauges: [
    {
      of: 'ConnectionManager', total: 'pool.size', active: 'pool.using', idle: 'pool.available', waiting: 'pool.waiting',
    },
  ],
  native: [
    { option: 'pool.maxUses', does: 'Replaces a connection after this many uses.' },
    { option: 'pool.idle', does: 'Closes idle connections, after 10 s by default.' },
    {
      option: 'pool.validate',
      does: 'Your own check, which must not return a promise: one is always truthy.',
    },
  ],
  secrets: ['password', 'dialectOptions', 'ssl'],
  evidence: [
    {
      fact: '`pool.validate` is called without await, so a promise always passes.',
      source: 'sequelize-pool 7.1.0 lib/Pool.js:120',
    },
    {
      fact: 'A failed commit destroys the connection; a transaction that is finished rejects a second end.',
      source: 'sequelize 6.37.8 lib/transaction.js',
    },
  ],
  unproved: [],
} as const satisfies Driver;
