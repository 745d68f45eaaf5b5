import type { Driver } from '../driver.ts';

/** redis, known as node-redis, and its core `@redis/client`. */
export const redis = {
  name: 'redis',
  packages: [
    { module: 'redis', versions: '>=5.0.0 <7' },
    { module: '@redis/client', versions: '>=5.0.0 <7' },
  ],
  types: {
    RedisClient: {
      role: 'client',
      aliases: ['RedisClientType'],
      chains: ['on', 'once', 'off', 'addListener'],
      releases: [
        { on: 'resource', method: 'close', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'quit', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'disconnect', settles: 'promise', twice: 'ignored' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      ends: ['close', 'quit', 'disconnect', 'destroy'],
      usableAfterRelease: [
        'isOpen', 'isReady', 'connect', 'on', 'once', 'off', 'removeListener', 'removeAllListeners',
      ],
      lasting: [
        'subscribe', 'pSubscribe', 'sSubscribe', 'monitor', 'xRead', 'xReadGroup', 'blPop', 'brPop', 'brPopLPush', 'blMove',
        'blmPop', 'bzPopMin', 'bzPopMax', 'bzmPop',
      ],
      infallible: ['multi'],
      emitsError: true,
    },
    RedisClientPool: {
      role: 'pool',
      aliases: ['RedisClientPoolType'],
      chains: ['on', 'once', 'off', 'addListener'],
      releases: [{ on: 'resource', method: 'close', settles: 'promise', twice: 'ignored' }],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      ends: ['close', 'destroy'],
      emitsError: true,
    },
    RedisSentinel: {
      role: 'pool',
      aliases: ['RedisSentinelType'],
      chains: ['on', 'once', 'off', 'addListener'],
      releases: [{ on: 'resource', method: 'close', settles: 'promise', twice: 'unknown' }],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'promise', twice: 'unknown' }],
      ends: ['close', 'destroy'],
      emitsError: true,
    },
    RedisSentinelClient: {
      role: 'connection',
      aliases: ['RedisSentinelClientType'],
      releases: [{ on: 'resource', method: 'release', settles: 'promise', twice: 'throws' }],
    },
    RedisCluster: {
      role: 'client',
      aliases: ['RedisClusterType'],
      chains: ['on', 'once', 'off', 'addListener'],
      releases: [{ on: 'resource', method: 'close', settles: 'promise', twice: 'unknown' }],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'unknown' }],
      ends: ['close', 'quit', 'disconnect', 'destroy'],
      emitsError: true,
    },
  },
  makers: [
    { export: 'createClient', how: 'call', gives: 'RedisClient' },
    { export: 'createClientPool', how: 'call', gives: 'RedisClientPool' },
    { export: 'createSentinel', how: 'call', gives: 'RedisSentinel' },
    { export: 'createCluster', how: 'call', gives: 'RedisCluster' },
  ],
  members: [
    { of: 'RedisClient', name: 'duplicate', how: 'call', gives: 'RedisClient' },
    { of: 'RedisClient', name: 'createPool', how: 'call', gives: 'RedisClientPool' },
    { of: 'RedisClient', name: 'withTypeMapping', how: 'call', gives: 'RedisClient' },
    { of: 'RedisClient', name: 'withCommandOptions', how: 'call', gives: 'RedisClient' },
    { of: 'RedisSentinel', name: 'duplicate', how: 'call', gives: 'RedisSentinel' },
    { of: 'RedisCluster', name: 'duplicate', how: 'call', gives: 'RedisCluster' },
  ],
  acquires: [
    {
      of: 'RedisClient',
      method: 'connect',
      arrives: 'receiver',
      gives: 'RedisClient',
      resolvesToReceiver: true,
      proofOnly: true,
    },
    {
      of: 'RedisClientPool',
      method: 'connect',
      arrives: 'receiver',
      gives: 'RedisClientPool',
      resolvesToReceiver: true,
      proofOnly: true,
    },
    {
      of: 'RedisSentinel',
      method: 'connect',
      arrives: 'receiver',
      gives: 'RedisSentinel',
      resolvesToReceiver: true,
      proofOnly: true,
    },
    {
      of: 'RedisCluster',
      method: 'connect',
      arrives: 'receiver',
      gives: 'RedisCluster',
      resolvesToReceiver: true,
      proofOnly: true,
    },
    {
      of: 'RedisSentinel',
      method: 'acquire',
      arrives: 'promise',
      gives: 'RedisSentinelClient',
      proofOnly: true,
    },
  ],
  scopes: [
    {
      of: 'RedisClientPool',
      method: 'execute',
      callback: 0,
      lends: 'RedisClient',
      wantsPromise: true,
    },
    { of: 'RedisSentinel', method: 'use', callback: 0, lends: 'RedisSentinelClient' },
  ],
  waits: [
    { maker: 'createClientPool', option: 'acquireTimeout', argument: 1, defaultMs: 3_000 },
    {
      maker: 'createSentinel', argument: 0, defaultMs: null,
      advice: 'A sentinel lease waits for ever: race `acquire()` with a timer, or raise `masterPoolSize`.',
    },
  ],
  statementTimeouts: [
    {
      maker: 'createClient',
      option: 'commandOptions.timeout',
      argument: 0,
      defaultMs: 5_000,
      cancels: 'driver',
    },
  ],
  pings: [{ of: 'RedisClient', method: 'ping', settles: 'promise' }],
  gauges: [
    {
      of: 'RedisClientPool', total: 'totalClients', active: 'clientsInUse', idle: 'idleClients', waiting: 'tasksQueueLength',
    },
  ],
  native: [
    { option: 'acquireTimeout', does: 'Bounds the wait for a client of the pool, 3 s by default.' },
    { option: 'pingInterval', does: 'Pings the server at this interval; never by default.' },
    { option: 'socketTimeout', does: 'Closes a socket on which nothing moves; never by default.' },
  ],
  secrets: ['password', 'url', 'credentialsProvider'],
  evidence: [
    {
      fact: 'A task of `execute` that returns no native promise gives the client back at once.',
      source: '@redis/client 6.3.1 lib/client/pool.js:284',
    },
    {
      fact: 'A second `release()` of a sentinel lease throws.',
      source: '@redis/client 6.3.1 lib/sentinel/index.js:160',
    },
    {
      fact: 'A client without an `error` listener ends the process when its server goes away.',
      source: '@redis/client 6.3.1 lib/client/index.js',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `RedisSentinel.connect()`, `RedisCluster.connect()`, `RedisSentinel.acquire()`.',
    'The exports of `@redis/client` under that name; `redis` hands on the same.',
    'What a second `RedisSentinel.close`, `RedisSentinel.destroy`, `RedisCluster.close` and `RedisCluster.destroy` does.',
    'That a second `RedisSentinelClient.release` throws: read in the source.',
  ],
} as const satisfies Driver;
