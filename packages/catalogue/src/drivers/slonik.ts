import type { Driver } from '../driver.ts';

/** slonik: connections are lent to functions only. */
export const slonik = {
  name: 'slonik',
  packages: [{ module: 'slonik', versions: '>=46.0.0 <50' }],
  types: {
    DatabasePool: { role: 'pool', ends: ['end'] },
    DatabasePoolConnection: { role: 'connection', aliases: ['CommonQueryMethods'] },
    DatabaseTransactionConnection: { role: 'transaction' },
  },
  makers: [{ export: 'createPool', how: 'await', gives: 'DatabasePool' }],
  members: [],
  acquires: [],
  scopes: [
    { of: 'DatabasePool', method: 'connect', callback: 0, lends: 'DatabasePoolConnection' },
    {
      of: 'DatabasePool',
      method: 'transaction',
      callback: 0,
      lends: 'DatabaseTransactionConnection',
    },
    { of: 'DatabasePool', method: 'stream' },
    { of: 'DatabasePool', method: 'query' },
    { of: 'DatabasePool', method: 'any' },
    { of: 'DatabasePool', method: 'many' },
    { of: 'DatabasePool', method: 'one' },
    { of: 'DatabasePool', method: 'maybeOne' },
    { of: 'DatabasePool', method: 'exists' },
    {
      of: 'DatabasePoolConnection',
      method: 'transaction',
      callback: 0,
      lends: 'DatabaseTransactionConnection',
    },
    {
      of: 'DatabaseTransactionConnection',
      method: 'transaction',
      callback: 0,
      lends: 'DatabaseTransactionConnection',
    },
  ],
  waits: [{ maker: 'createPool', option: 'connectionTimeout', argument: 1, defaultMs: 5_000 }],
  statementTimeouts: [
    {
      maker: 'createPool',
      option: 'statementTimeout',
      argument: 1,
      defaultMs: 60_000,
      cancels: 'server',
    },
  ],
  native: [
    { option: 'connectionTimeout', does: 'Bounds the wait for a connection, 5 s by default.' },
    {
      option: 'idleInTransactionSessionTimeout',
      does: 'The server ends a session that idles in a transaction, after 60 s by default.',
    },
    {
      option: 'resetConnection',
      does: 'Cleans the session when it goes back; `DISCARD ALL` by default.',
    },
  ],
  secrets: ['ssl', 'connectionUri'],
  evidence: [
    {
      fact: 'A connection used after its function has ended is refused.',
      source: 'slonik 47.3.2 dist/factories/createConnectionPool.js',
    },
  ],
  unproved: [],
} as const satisfies Driver;
