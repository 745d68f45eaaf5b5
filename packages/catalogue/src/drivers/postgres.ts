import type { Driver } from '../driver.ts';

/** postgres, known as postgres.js. */
export const postgres = {
  name: 'postgres',
  packages: [{ module: 'postgres', versions: '^3.4.0' }],
  types: {
    Sql: {
      role: 'pool',
      releases: [{ on: 'resource', method: 'end', settles: 'promise', twice: 'ignored' }],
      ends: ['end', 'close'],
      lasting: ['listen', 'subscribe'],
    },
    ReservedSql: {
      role: 'connection',
      releases: [{ on: 'resource', method: 'release', settles: 'sync', twice: 'ignored' }],
      operations: ['()', 'unsafe', 'file'],
    },
    TransactionSql: { role: 'transaction', operations: ['()', 'unsafe', 'file', 'savepoint'] },
    ListenMeta: {
      role: 'other',
      releases: [{ on: 'resource', method: 'unlisten', settles: 'promise', twice: 'ignored' }],
    },
  },
  makers: [{ export: 'default', how: 'call', gives: 'Sql' }],
  members: [],
  acquires: [
    { of: 'Sql', method: 'reserve', arrives: 'promise', gives: 'ReservedSql' },
    { of: 'Sql', method: 'listen', arrives: 'promise', gives: 'ListenMeta', proofOnly: true },
    { of: 'module', method: 'default', arrives: 'return', gives: 'Sql', proofOnly: true },
  ],
  scopes: [
    { of: 'Sql', method: 'begin', callback: -1, lends: 'TransactionSql' },
    { of: 'TransactionSql', method: 'savepoint', callback: -1, lends: 'TransactionSql' },
    { of: 'Sql', method: 'unsafe' },
    { of: 'Sql', method: 'file' },
    { of: 'Sql', method: '()' },
  ],
  waits: [
    {
      maker: 'default', argument: -1, defaultMs: null,
      advice: 'postgres has no acquire timeout: race `reserve()` or the query with a timer.',
    },
  ],
  statementTimeouts: [
    {
      maker: 'default',
      option: 'connection.statement_timeout',
      argument: -1,
      defaultMs: null,
      cancels: 'server',
    },
  ],
  pings: [{ of: 'ReservedSql', method: '()', query: 'select 1', settles: 'promise' }],
  fatal: [
    { code: 'CONNECTION_CLOSED', means: 'closed' },
    { code: 'CONNECTION_DESTROYED', means: 'closed' },
    { code: 'CONNECTION_ENDED', means: 'closed' },
    { code: 'CONNECT_TIMEOUT', means: 'closed' },
    { code: '57P01', means: 'shutdown' },
    { code: '57P02', means: 'shutdown' },
    { code: '57P03', means: 'shutdown' },
    { code: '25006', means: 'read-only' },
  ],
  native: [
    {
      option: 'idle_timeout',
      does: 'Closes connections idle for this many seconds; never by default.',
    },
    { option: 'max_lifetime', does: 'Closes a connection of this age, 30 to 60 min by default.' },
  ],
  secrets: ['password', 'pass', 'ssl'],
  evidence: [
    {
      fact: 'A second `release()` is not refused: where another owner has the connection, foreign queries interleave.',
      source: 'postgres 3.4.9 src/index.js:203',
    },
    {
      fact: '`release()` does not roll back: the next owner sits in the old transaction.',
      source: 'postgres 3.4.9 src/index.js:226',
    },
  ],
  unproved: [
    'The SQLSTATEs `57P01`, `57P02`, `57P03` and `25006` are the server\'s.',
  ],
} as const satisfies Driver;
