import type { Driver } from '../driver.ts';

/** kysely and its controlled transactions. */
export const kysely = {
  name: 'kysely',
  packages: [{ module: 'kysely', versions: '>=0.28.0 <0.30.0' }],
  types: {
    Kysely: { role: 'pool', ends: ['destroy'], disposes: { async: 'end' } },
    Transaction: { role: 'transaction', disposes: { async: 'throws' } },
    ControlledTransaction: {
      role: 'transaction',
      releases: [
        { on: 'resource', method: 'commit', then: 'execute', settles: 'promise', twice: 'rejects' },
        {
          on: 'resource',
          method: 'rollback',
          then: 'execute',
          settles: 'promise',
          twice: 'rejects',
        },
      ],
      disposes: { async: 'throws' },
      usableAfterRelease: ['isCommitted', 'isRolledBack', 'isTransaction'],
      endedWhen: ['isCommitted', 'isRolledBack'],
    },
    ControlledTransactionBuilder: { role: 'other', chains: ['setIsolationLevel', 'setAccessMode'] },
    TransactionBuilder: { role: 'other', chains: ['setIsolationLevel', 'setAccessMode'] },
    ConnectionBuilder: { role: 'other' },
  },
  makers: [{ export: 'Kysely', how: 'new', gives: 'Kysely' }],
  members: [
    { of: 'Kysely', name: 'startTransaction', how: 'call', gives: 'ControlledTransactionBuilder' },
    { of: 'Kysely', name: 'transaction', how: 'call', gives: 'TransactionBuilder' },
    { of: 'Kysely', name: 'connection', how: 'call', gives: 'ConnectionBuilder' },
    { of: 'Kysely', name: 'withPlugin', how: 'call', gives: 'Kysely' },
    { of: 'Kysely', name: 'withoutPlugins', how: 'call', gives: 'Kysely' },
    { of: 'Kysely', name: 'withSchema', how: 'call', gives: 'Kysely' },
    { of: 'Kysely', name: 'withTables', how: 'call', gives: 'Kysely' },
  ],
  acquires: [
    {
      of: 'Kysely',
      method: 'startTransaction',
      then: 'execute',
      arrives: 'promise',
      gives: 'ControlledTransaction',
    },
  ],
  scopes: [
    { of: 'TransactionBuilder', method: 'execute', callback: 0, lends: 'Transaction' },
    { of: 'ConnectionBuilder', method: 'execute', callback: 0, lends: 'Kysely' },
    { of: 'Kysely', method: 'executeQuery' },
  ],
  secrets: [],
  evidence: [
    {
      fact: '`await using` on a transaction throws and gives nothing back.',
      source: 'kysely 0.28.18 dist/esm/kysely.js',
    },
    {
      fact: 'Only commit and rollback give the connection back; a commit that fails does not.',
      source: 'kysely 0.28.18 dist/esm/kysely.js',
    },
  ],
  unproved: [],
} as const satisfies Driver;
