import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guard, scope, scopeHttp, stats } from '../../../packages/guard/dist/index.js';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { openPg } from './open.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe('a failure shows who awaits', () => {
  async function application(run: () => Promise<unknown>): Promise<string> {
    try {
      await run();
    } catch (error) {
      return error instanceof Error ? String(error.stack) : '';
    }
    return 'nothing failed';
  }

  test('when the pool cannot connect', async () => {
    const pool = guard(new pg.Pool({ host: '127.0.0.1', port: 1 }));
    expect(await application(() => pool.connect())).toMatch(/ECONNREFUSED[^]*application/u);
  });

  test('when a statement fails', async () => {
    await using orders = openPg(server);
    await using client = await orders.pool.connect();
    expect(await application(() => client.query('select 1/0'))).toMatch(/division by zero[^]*application/u);
  });
});

describe('a scope', () => {
  test('gives what its function gives, and passes its failure', async () => {
    expect(scope('sum', () => 1 + 1)).toBe(2);
    expect(await scope('later', () => Promise.resolve('an answer'))).toBe('an answer');
    expect(() => scope('fails', () => { throw new Error('no'); })).toThrow('no');
    await expect(scope('rejects', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  test('is that of the call, also where another one\'s release serves it', async () => {
    await using orders = openPg(server, { max: 1 });
    const first = await orders.pool.connect();
    const waiting = scope('the waiter', async () => {
      await using client = await orders.pool.connect();
      expect(client).toBeInstanceOf(pg.Client);
      return stats(orders.pool).active;
    });
    scope('the releaser', () => first.release());
    expect(await waiting).toBe(1);
    expect(orders.events.flatMap((event) => ('scope' in event && event.type === 'acquired' ? event.scope : []))).toEqual(['the waiter']);
  });

  test('is every request of a server, by its method and path', async () => {
    await using orders = openPg(server);
    const held: pg.PoolClient[] = [];
    const web = createServer((_request, response) => {
      void orders.pool.connect().then((client) => {
        held.push(client);
        response.end('done');
      });
    });
    const restore = scopeHttp(web);
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    const { port } = web.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/orders/7?token=a-secret`, { headers: { connection: 'close' } });
    expect(await response.text()).toBe('done');
    await new Promise((resolve) => web.close(resolve));
    orders.clock.pass(1100);
    expect(orders.alarms()).toEqual(['leak-suspected', 'leaked']);
    expect(orders.events.at(-1)).toMatchObject({ evidence: 'scope-ended', scope: 'GET /orders/7' });
    expect(JSON.stringify(orders.events)).not.toContain('a-secret');
    for (const client of held) client.release();
    restore();
    expect(Object.hasOwn(web, 'emit')).toBe(false);
  });
});
