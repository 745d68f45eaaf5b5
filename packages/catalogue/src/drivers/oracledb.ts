import type { Driver } from '../driver.ts';

/** oracledb, in Thin and Thick mode. */
export const oracledb = {
  name: 'oracledb',
  packages: [{ module: 'oracledb', versions: '>=6.0.0' }],
  types: {
    Pool: { role: 'pool', ends: ['close', 'terminate'], disposes: { async: 'end' } },
    Connection: {
      role: 'connection',
      releases: [
        { on: 'resource', method: 'close', settles: 'either', twice: 'rejects' },
        { on: 'resource', method: 'release', settles: 'either', twice: 'rejects' },
      ],
      destroys: [
        {
          on: 'resource',
          method: 'close',
          argument: '{drop}',
          settles: 'either',
          twice: 'rejects',
        },
      ],
      ends: ['close', 'release'],
      disposes: { async: 'release' },
      operations: [
        'execute', 'executeMany', 'commit', 'rollback', 'ping', 'createLob', 'getQueue',
        'runPipeline',
      ],
      usableAfterRelease: ['isHealthy', 'on', 'once', 'off', 'removeListener'],
    },
    ResultSet: {
      role: 'cursor',
      releases: [
        { on: 'resource', method: 'close', settles: 'either', twice: 'rejects' },
        { on: 'resource', method: 'toQueryStream', settles: 'sync', twice: 'unknown' },
      ],
      disposes: { async: 'release' },
      consumedByIteration: true,
      operations: ['getRow', 'getRows'],
    },
    Lob: {
      role: 'stream',
      endsWithOwner: ['close', 'release'],
      releases: [
        { on: 'resource', method: 'close', settles: 'either', twice: 'ignored' },
        { on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' },
      ],
      disposes: { async: 'release' },
      consumedByIteration: true,
      operations: ['getData'],
    },
    QueryStream: {
      role: 'stream',
      releases: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      disposes: { async: 'release' },
      consumedByIteration: true,
    },
  },
  makers: [
    { export: 'createPool', how: 'await', gives: 'Pool' },
    { export: 'getPool', how: 'call', gives: 'Pool' },
    { export: 'getConnection', how: 'await', gives: 'Connection' },
  ],
  members: [],
  acquires: [
    {
      of: 'Pool',
      method: 'getConnection',
      arrives: 'promise',
      gives: 'Connection',
      when: 'no-callback',
    },
    {
      of: 'Pool', method: 'getConnection', arrives: 'callback', gives: 'Connection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'module',
      method: 'getConnection',
      arrives: 'promise',
      gives: 'Connection',
      when: 'no-callback',
    },
    {
      of: 'module', method: 'getConnection', arrives: 'callback', gives: 'Connection',
      callback: { error: 0, resource: 1 }, when: 'callback',
    },
    {
      of: 'Connection', method: 'execute', arrives: 'promise', gives: 'ResultSet', property: 'resultSet',
      when: 'option:resultSet', proofOnly: true,
    },
    {
      of: 'Connection',
      method: 'createLob',
      arrives: 'promise',
      gives: 'Lob',
      when: 'no-callback',
      proofOnly: true,
    },
    {
      of: 'Connection', method: 'createLob', arrives: 'callback', gives: 'Lob',
      callback: { error: 0, resource: 1 }, when: 'callback', proofOnly: true,
    },
    {
      of: 'Connection',
      method: 'queryStream',
      arrives: 'return',
      gives: 'QueryStream',
      proofOnly: true,
    },
  ],
  scopes: [],
  waits: [{ maker: 'createPool', option: 'queueTimeout', argument: 0, defaultMs: 60_000 }],
  statementTimeouts: [
    {
      maker: 'createPool', argument: 0, defaultMs: null, cancels: 'server',
      advice: 'Set `connection.callTimeout` on the connection that was acquired.',
    },
  ],
  pings: [{ of: 'Connection', method: 'ping', settles: 'either' }],
  fatal: [
    { code: 'NJS-500', means: 'closed' },
    { code: 'NJS-501', means: 'closed' },
    { code: 'NJS-503', means: 'closed' },
    { code: 'NJS-521', means: 'closed' },
    { code: 'NJS-003', means: 'closed' },
    { code: 'DPI-1010', means: 'closed' },
    { code: 'DPI-1080', means: 'closed' },
    { code: 'ORA-00028', means: 'closed' },
    { code: 'ORA-03113', means: 'closed' },
    { code: 'ORA-03114', means: 'closed' },
    { code: 'ORA-03135', means: 'closed' },
    { code: 'ORA-01089', means: 'shutdown' },
    { code: 'ORA-16000', means: 'read-only' },
  ],
  gauges: [
    { of: 'Pool', total: 'connectionsOpen', active: 'connectionsInUse' },
    {
      of: 'Connection',
      socket: '_impl.nscon.ntAdapter.stream',
      transaction: 'transactionInProgress',
    },
  ],
  native: [
    {
      option: 'poolPingInterval',
      does: 'Pings at checkout a connection that was idle for this many seconds, 60 by default.',
    },
    { option: 'poolPingTimeout', does: 'Bounds that ping, 5000 ms by default.' },
    { option: 'queueMax', does: 'Rejects an acquire when this many already wait, 500 by default.' },
    { option: 'maxLifetimeSession', does: 'Closes a connection after this many seconds.' },
    { option: 'enableStatistics', does: 'Counts acquires, waits and timeouts.' },
  ],
  secrets: [
    'password', 'newPassword', 'walletPassword', 'walletContent', 'accessToken',
    'accessTokenConfig', 'tokenAuthConfigOci', 'tokenAuthConfigAzure',
  ],
  evidence: [
    {
      fact: 'In Thin mode, the default, `close({ drop: true })` ignores `drop`.',
      source: 'oracledb 7.0.1 lib/thin/connection.js:83',
    },
    {
      fact: 'A closed connection rejects with NJS-003, so `await using` with a close of one\'s own throws.',
      source: 'oracledb 7.0.1 lib/connection.js',
    },
    {
      fact: '`close()` rolls back an open transaction over the wire and must be awaited.',
      source: 'oracledb 7.0.1 lib/thin/connection.js',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `Pool.getConnection()`, `module.getConnection()`, `Connection.execute()`, `Connection.createLob()`, `Connection.queryStream()`.',
    'What a second `ResultSet.close`, `ResultSet.toQueryStream`, `Lob.close`, `Lob.destroy` and `QueryStream.destroy` does.',
    'That `close({ drop: true })` destroys in Thick mode and does nothing in Thin mode.',
    'The codes `DPI-1010`, `DPI-1080`, `ORA-00028`, `ORA-03113`, `ORA-03114`, `ORA-03135`, `ORA-01089` and `ORA-16000` are the server\'s and the client library\'s.',
    'That the socket is at `Connection._impl.nscon.ntAdapter.stream`.',
  ],
} as const satisfies Driver;
