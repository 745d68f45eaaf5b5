import { Cluster, Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { ioredis as record } from '../../packages/catalogue/src/drivers/ioredis.ts';
import { contract, second } from './contract.ts';
import { startRedisServer } from './redis-server.ts';

const server = await startRedisServer();
const made: (Redis | Cluster)[] = [];
function make(): Redis {
  const client = new Redis({ host: '127.0.0.1', port: server.port, enableReadyCheck: false, retryStrategy: () => null });
  made.push(client);
  return client;
}
const client = make();
await new Promise((resolve) => client.once('ready', resolve));
const cluster = new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true });
made.push(cluster);

afterAll(async () => {
  for (const one of made) one.disconnect();
  await server.close();
});

contract(record, {
  types: { Redis: () => client, Cluster: () => cluster },
  twice: {
    'Redis.quit': async () => {
      const own = make();
      await own.quit();
      await new Promise((resolve) => (own.status === 'end' ? resolve(undefined) : own.once('end', resolve)));
      return second(() => own.quit());
    },
    'Redis.disconnect': async () => {
      const own = make();
      own.disconnect();
      return second(() => own.disconnect());
    },
    'Cluster.disconnect': async () => {
      const own = new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true });
      own.disconnect();
      return second(() => own.disconnect());
    },
  },
  arrivals: {
    'Cluster.new return Cluster': () => Promise.resolve(cluster),
    'Cluster.duplicate return Cluster': () => {
      const copy = cluster.duplicate([], { lazyConnect: true });
      made.push(copy);
      return Promise.resolve(copy);
    },
    'Redis.duplicate return Redis': () => {
      const copy = client.duplicate();
      made.push(copy);
      return Promise.resolve(copy);
    },
    'Redis.new return Redis': () => Promise.resolve(client),
  },
});

describe('a client of ioredis', () => {
  it('gathers commands without asking a server, connected or not', () => {
    const idle = new Redis({ host: '127.0.0.1', port: 1, lazyConnect: true });
    made.push(idle);
    for (const own of [client, idle]) {
      expect(() => own.multi().set('a', '1')).not.toThrow();
      expect(() => own.pipeline().set('a', '1')).not.toThrow();
    }
  });
});
