import type { Driver } from '../driver.ts';

/** cassandra-driver: one client multiplexes all requests, no connection is lent. */
export const cassandra = {
  name: 'cassandra',
  packages: [{ module: 'cassandra-driver', versions: '^4.6.0' }],
  types: {
    Client: {
      role: 'client',
      releases: [{ on: 'resource', method: 'shutdown', settles: 'either', twice: 'ignored' }],
      ends: ['shutdown'],
      operations: ['execute', 'batch', 'eachRow'],
      usableAfterRelease: ['getState', 'on', 'once', 'off', 'removeListener', 'removeAllListeners'],
    },
  },
  makers: [{ export: 'Client', how: 'new', gives: 'Client' }],
  members: [],
  acquires: [
    { of: 'Client', method: 'connect', arrives: 'receiver', gives: 'Client', proofOnly: true },
  ],
  scopes: [
    { of: 'Client', method: 'execute' },
    { of: 'Client', method: 'batch' },
  ],
  statementTimeouts: [
    {
      maker: 'Client',
      option: 'socketOptions.readTimeout',
      argument: 0,
      defaultMs: 12_000,
      cancels: 'driver',
    },
  ],
  pings: [
    { of: 'Client', method: 'execute', query: 'SELECT key FROM system.local', settles: 'either' },
  ],
  native: [
    {
      option: 'pooling.heartBeatInterval',
      does: 'Milliseconds between heartbeats on idle connections, 30000 by default.',
    },
    {
      option: 'socketOptions.readTimeout',
      does: 'Bounds the wait for an answer, 12 s by default.',
    },
  ],
  secrets: ['password', 'credentials', 'authProvider', 'sslOptions', 'cloud'],
  evidence: [
    {
      fact: 'Requests share connections, so nothing is lent per request.',
      source: 'cassandra-driver 4.10.0 lib/host-connection-pool.js',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `Client.connect()`.',
  ],
} as const satisfies Driver;
