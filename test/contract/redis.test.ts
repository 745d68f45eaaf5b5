import { createClient, createClientPool, createCluster, createSentinel, RedisSentinelClient } from 'redis';
import { afterAll, describe, expect, it } from 'vitest';
import { redis as record } from '../../packages/catalogue/src/drivers/redis.ts';
import { contract, second } from './contract.ts';
import { startRedisServer } from './redis-server.ts';

const server = await startRedisServer();
const options = { socket: { host: '127.0.0.1', port: server.port }, RESP: 2 } as const;
const connected = () => createClient(options).on('error', () => {}).connect();
const client = await connected();
const pool = createClientPool(options).on('error', () => {});
await pool.connect();

afterAll(async () => {
  client.destroy();
  pool.destroy();
  await server.close();
});

contract(record, {
  types: {
    RedisClient: () => client,
    RedisClientPool: () => pool,
    RedisSentinel: () => createSentinel({ name: 'm', sentinelRootNodes: [{ host: '127.0.0.1', port: 1 }] }),
    RedisSentinelClient: () => RedisSentinelClient.prototype,
    RedisCluster: () => createCluster({ rootNodes: [{ url: 'redis://127.0.0.1:1' }] }),
  },
  twice: {
    'RedisClient.close': async () => {
      const own = await connected();
      await own.close();
      return second(() => own.close());
    },
    'RedisClient.quit': async () => {
      const own = await connected();
      await own.quit();
      return second(() => own.quit());
    },
    'RedisClient.disconnect': async () => {
      const own = await connected();
      await own.disconnect();
      return second(() => own.disconnect());
    },
    'RedisClient.destroy': async () => {
      const own = await connected();
      own.destroy();
      return second(() => own.destroy());
    },
    'RedisClientPool.close': async () => {
      const own = createClientPool(options).on('error', () => {});
      await own.connect();
      await own.close();
      return second(() => own.close());
    },
    'RedisClientPool.destroy': async () => {
      const own = createClientPool(options).on('error', () => {});
      await own.connect();
      own.destroy();
      return second(() => own.destroy());
    },
  },
  arrivals: {
    'RedisClient.connect receiver RedisClient': () => Promise.resolve(client),
    'RedisClientPool.connect receiver RedisClientPool': () => Promise.resolve(pool),
  },
  unimportable: ['@redis/client'],
  text: ['redis>@redis/client'],
});

describe('a client of redis', () => {
  it('gathers commands without asking a server, connected or not', () => {
    for (const own of [client, createClient(options)]) expect(() => own.multi().set('a', '1')).not.toThrow();
  });
});
