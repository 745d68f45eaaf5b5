import type { Driver } from '../driver.ts';

/** ioredis, which connects when it is constructed. */
export const ioredis = {
  name: 'ioredis',
  packages: [{ module: 'ioredis', versions: '>=5.0.0 <7' }],
  types: {
    Redis: {
      role: 'client',
      aliases: ['default'],
      chains: ['on', 'once', 'off', 'addListener'],
      releases: [
        { on: 'resource', method: 'quit', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'disconnect', settles: 'sync', twice: 'ignored' },
      ],
      ends: ['quit', 'disconnect'],
      usableAfterRelease: [
        'status', 'connect', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
      lasting: [
        'subscribe', 'psubscribe', 'ssubscribe', 'monitor', 'xread', 'xreadgroup', 'blpop', 'brpop', 'brpoplpush',
        'blmove', 'blmpop', 'bzpopmin', 'bzpopmax', 'bzmpop',
      ],
      infallible: ['multi', 'pipeline'],
    },
    Cluster: {
      role: 'client',
      chains: ['on', 'once', 'off', 'addListener'],
      releases: [
        { on: 'resource', method: 'quit', settles: 'promise', twice: 'unknown' },
        { on: 'resource', method: 'disconnect', settles: 'sync', twice: 'ignored' },
      ],
      ends: ['quit', 'disconnect'],
      usableAfterRelease: [
        'status', 'connect', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
    },
  },
  makers: [
    { export: 'Redis', how: 'new', gives: 'Redis' },
    { export: 'default', how: 'new', gives: 'Redis' },
    { export: 'Cluster', how: 'new', gives: 'Cluster' },
  ],
  members: [],
  acquires: [
    { of: 'Redis', method: 'new', arrives: 'return', gives: 'Redis', proofOnly: true },
    { of: 'Cluster', method: 'new', arrives: 'return', gives: 'Cluster', proofOnly: true },
    { of: 'Redis', method: 'duplicate', arrives: 'return', gives: 'Redis', proofOnly: true },
    { of: 'Cluster', method: 'duplicate', arrives: 'return', gives: 'Cluster', proofOnly: true },
    {
      of: 'Redis',
      method: 'monitor',
      arrives: 'promise',
      gives: 'Redis',
      when: 'no-callback',
      proofOnly: true,
    },
  ],
  scopes: [],
  statementTimeouts: [
    { maker: 'Redis', option: 'commandTimeout', argument: -1, defaultMs: null, cancels: 'driver' },
    {
      maker: 'default',
      option: 'commandTimeout',
      argument: -1,
      defaultMs: null,
      cancels: 'driver',
    },
  ],
  pings: [{ of: 'Redis', method: 'ping', settles: 'promise' }],
  fatal: [
    { code: 'ECONNRESET', means: 'closed' },
    { code: 'EPIPE', means: 'closed' },
  ],
  gauges: [{ of: 'Redis', waiting: 'commandQueue.length', socket: 'stream' }],
  native: [
    { option: 'commandTimeout', does: 'Rejects a command after this many ms; off by default.' },
    {
      option: 'maxRetriesPerRequest',
      does: 'Rejects commands after this many reconnects, 20 by default.',
    },
  ],
  secrets: ['password', 'sentinelPassword', 'tls'],
  evidence: [
    {
      fact: 'A second `quit()` rejects with «Connection is closed.».',
      source: 'ioredis 5.11.1 built/Redis.js',
    },
    {
      fact: 'An error without a listener is printed and does not end the process.',
      source: 'ioredis 5.11.1 built/Redis.js silentEmit',
    },
    {
      fact: 'There is no pool: one connection serves all callers.',
      source: 'ioredis 5.11.1 README.md',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `Redis.monitor()`.',
    'What a second `Cluster.quit` does.',
  ],
} as const satisfies Driver;
