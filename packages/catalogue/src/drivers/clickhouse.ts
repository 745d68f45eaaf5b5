import type { Driver } from '../driver.ts';

/** @clickhouse/client: what is lent is the stream of a result. */
export const clickhouse = {
  name: 'clickhouse',
  packages: [{ module: '@clickhouse/client', versions: '^1.0.0' }],
  types: {
    ClickHouseClient: {
      role: 'client',
      releases: [{ on: 'resource', method: 'close', settles: 'promise', twice: 'ignored' }],
      ends: ['close'],
      disposes: { async: 'end' },
    },
    ResultSet: {
      role: 'body',
      aliases: ['BaseResultSet'],
      releases: [
        { on: 'resource', method: 'json', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'text', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'stream', settles: 'sync', twice: 'throws' },
        { on: 'resource', method: 'close', settles: 'sync', twice: 'ignored' },
      ],
      disposes: { sync: 'release' },
      usableAfterRelease: ['query_id', 'response_headers'],
    },
    Readable: {
      role: 'stream',
      modules: [],
      releases: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      disposes: { async: 'release' },
      consumedByIteration: true,
    },
  },
  makers: [{ export: 'createClient', how: 'call', gives: 'ClickHouseClient' }],
  members: [],
  acquires: [
    {
      of: 'module',
      method: 'createClient',
      arrives: 'return',
      gives: 'ClickHouseClient',
      proofOnly: true,
    },
    {
      of: 'ClickHouseClient',
      method: 'query',
      arrives: 'promise',
      gives: 'ResultSet',
      proofOnly: true,
    },
    {
      of: 'ClickHouseClient',
      method: 'exec',
      arrives: 'promise',
      gives: 'Readable',
      property: 'stream',
      proofOnly: true,
    },
  ],
  scopes: [
    { of: 'ClickHouseClient', method: 'command' },
    { of: 'ClickHouseClient', method: 'insert' },
    { of: 'ClickHouseClient', method: 'ping' },
  ],
  statementTimeouts: [
    {
      maker: 'createClient',
      option: 'request_timeout',
      argument: 0,
      defaultMs: 30_000,
      cancels: 'driver',
    },
  ],
  pings: [{ of: 'ClickHouseClient', method: 'ping', settles: 'promise' }],
  fatal: [
    { code: 'ECONNRESET', means: 'closed' },
    { code: 'EPIPE', means: 'closed' },
  ],
  native: [
    { option: 'max_open_connections', does: 'Sockets of the client, 10 by default.' },
    {
      option: 'keep_alive.idle_socket_ttl',
      does: 'Drops sockets idle for this long, 2.5 s by default.',
    },
  ],
  secrets: ['password', 'access_token', 'url', 'tls', 'http_headers'],
  evidence: [
    {
      fact: 'A result that is neither read nor closed keeps its socket.',
      source: '@clickhouse/client 1.23.1 dist/result_set.js',
    },
  ],
  unproved: [],
} as const satisfies Driver;
