import pg from 'pg';
// @ts-expect-error -- it has no types
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { afterAll } from 'vitest';
import { pg as record } from '../../packages/catalogue/src/drivers/pg.ts';
import { contract, second } from './contract.ts';

/** A real client, of which only the network is missing. */
class OfflineClient extends pg.Client {
  override connect(): Promise<pg.Client>;
  override connect(callback: (error: null, client: pg.Client) => void): void;
  override connect(callback?: (error: null, client: pg.Client) => void): Promise<pg.Client> | void {
    if (callback === undefined) return Promise.resolve(this);
    setImmediate(callback, null, this);
  }
}

const pool = new pg.Pool({ Client: OfflineClient, max: 4 });

function checkout(): Promise<{ client: pg.PoolClient; done: (error?: Error | boolean) => void }> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client, done) => {
      if (client === undefined) reject(error ?? new Error('no client'));
      else resolve({ client, done });
    });
  });
}

const lent = await pool.connect();
afterAll(() => {
  lent.release();
  return pool.end();
});

contract(record, {
  types: {
    Pool: () => pool,
    PoolClient: () => lent,
    Client: () => new pg.Client(),
    Cursor: () => new Cursor('select 1'),
    QueryStream: () => new QueryStream('select 1'),
  },
  twice: {
    'PoolClient.release': async () => {
      const client = await pool.connect();
      client.release();
      return second(() => client.release());
    },
    'PoolClient.done': async () => {
      const { done } = await checkout();
      done();
      return second(() => done());
    },
    'Client.end': async () => {
      const client = new pg.Client();
      await client.end();
      return second(() => client.end());
    },
    'Cursor.close': async () => {
      const cursor = new Cursor('select 1');
      await cursor.close();
      return second(() => cursor.close());
    },
    'QueryStream.destroy': async () => {
      const stream = new QueryStream('select 1');
      stream.destroy();
      return second(() => stream.destroy());
    },
  },
  arrivals: {
    'Pool.connect promise PoolClient': async () => {
      const client = await pool.connect();
      client.release();
      return client;
    },
    'Pool.connect callback PoolClient': async () => {
      const { client, done } = await checkout();
      done();
      return client;
    },
    'PoolClient.query return Cursor': () => Promise.resolve(lent.query(new Cursor('select 1'))),
    'Client.query return Cursor': () => Promise.resolve(new OfflineClient().query(new Cursor('select 1'))),
    'Client.query return QueryStream': () => Promise.resolve(new OfflineClient().query(new QueryStream('select 1'))),
    'PoolClient.query return QueryStream': () => Promise.resolve(new OfflineClient().query(new QueryStream('select 1'))),
  },
  text: ['pg', 'pg-pool', '@types/pg'],
});
