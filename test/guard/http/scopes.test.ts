import { createPool, type Pool } from 'generic-pool';
import { Hono } from 'hono';
import { once } from 'node:events';
import { connect, createServer as createHttp2 } from 'node:http2';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { guard, holders, scopeHttp, stats, subscribe, type Guarded, type LifeguardEvent } from '../../../packages/guard/dist/index.js';
import { scopeHono } from '../../../packages/guard/dist/middleware.js';
import { FakeClock } from '../clock.ts';
import { frameworks, type Handle } from './frameworks.ts';

interface Connection {
  readonly id: number;
}

let pool: Guarded<Pool<Connection>>;
let clock = new FakeClock();
let server: Server | undefined;
let closing: Promise<unknown>[] = [];
const events: LifeguardEvent[] = [];
let stop = (): void => undefined;

beforeEach(() => {
  clock = new FakeClock();
  let made = 0;
  const bare = createPool({ create: () => Promise.resolve({ id: (made += 1) }), destroy: () => Promise.resolve() }, { max: 5 });
  pool = guard(bare, { name: 'orders', clock });
  stop = subscribe((event) => events.push(event), ['leak-suspected', 'leaked']);
});
afterEach(() => {
  stop();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  closing = [];
  events.length = 0;
});

async function start(framework: (typeof frameworks)[number], handle: Handle): Promise<string> {
  server = await framework.start(handle);
  server.prependListener('request', (_request: unknown, response: ServerResponse) => closing.push(once(response, 'close')));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** All responses are over, for the server too. */
async function closed(): Promise<void> {
  await Promise.all(closing);
}

describe.each(frameworks)('a request of $name', (framework) => {
  test('is a scope: what it does not give back is suspected, and then leaked, under its name', async () => {
    const url = await start(framework, async () => String((await pool.acquire()).id));
    expect(await (await fetch(`${url}/orders/7?token=a-secret`)).text()).toBe('1');
    await closed();
    expect(holders(pool)).toEqual([expect.objectContaining({ scope: framework.label, state: 'held' })]);
    clock.pass(99);
    expect(events).toEqual([]);
    clock.pass(100);
    expect(events).toEqual([expect.objectContaining({ type: 'leak-suspected', evidence: 'scope-ended', scope: framework.label })]);
    clock.pass(1000);
    expect(events.map(({ type }) => type)).toEqual(['leak-suspected', 'leaked']);
  });

  test('that gives everything back is not suspected, however long it takes', async () => {
    const url = await start(framework, async () => {
      const connection = await pool.acquire();
      clock.pass(20_000);
      await pool.release(connection);
      return 'done';
    });
    await fetch(`${url}/orders/7`).then((response) => response.text());
    await closed();
    clock.pass(20_000);
    expect(events).toEqual([]);
    expect(stats(pool).acquired).toBe(1);
  });

  test('is still a scope after its body was read', async () => {
    const url = await start(framework, async (_path, body) => {
      await pool.acquire();
      return JSON.stringify(body);
    });
    const body = JSON.stringify({ text: 'x'.repeat(50_000) });
    const answer = await fetch(`${url}/orders`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(await answer.text()).toBe(body);
    await closed();
    clock.pass(200);
    expect(events).toEqual([expect.objectContaining({ type: 'leak-suspected', scope: expect.stringMatching(/^POST \//u) })]);
  });

  test('is told apart from one that goes on at the same time', async () => {
    const waiting = deferred<string>();
    const url = await start(framework, async (path) => {
      await pool.acquire();
      return path.endsWith('/slow') ? waiting.promise : path;
    });
    const slow = fetch(`${url}/slow`);
    while (stats(pool).acquired === 0) await new Promise((resolve) => setImmediate(resolve));
    await fetch(`${url}/fast`).then((response) => response.text());
    await closing[1];
    clock.pass(200);
    expect(events).toHaveLength(1);
    waiting.resolve('late');
    await slow;
    await closed();
    clock.pass(200);
    expect(events).toHaveLength(2);
    expect(new Set(events.map(({ lease }) => lease)).size).toBe(2);
  });

  test('ends when its client goes away', async () => {
    const acquired = deferred<undefined>();
    const url = await start(framework, async () => {
      await pool.acquire();
      acquired.resolve(undefined);
      return new Promise<string>(() => undefined);
    });
    const gone = new AbortController();
    const answer = fetch(`${url}/orders/7`, { signal: gone.signal });
    await acquired.promise;
    gone.abort();
    await expect(answer).rejects.toThrow(/abort/u);
    await closed();
    clock.pass(200);
    expect(events).toEqual([expect.objectContaining({ type: 'leak-suspected', evidence: 'scope-ended' })]);
  });
});

test('a request of hono that no server of Node answers ends with its handlers', async () => {
  const app = new Hono();
  app.use(scopeHono());
  app.get('/orders/:id', async (context) => context.text(String((await pool.acquire()).id)));
  app.get('/broken', async () => {
    await pool.acquire();
    throw new Error('broken');
  });
  app.onError((_error, context) => context.text('sorry', 500));
  expect(await (await app.request('/orders/7')).text()).toBe('1');
  expect((await app.request('/broken')).status).toBe(500);
  clock.pass(200);
  expect(events.map(({ scope }) => scope)).toEqual(['GET /orders/7', 'GET /broken']);
});

test('a request of HTTP/2 is a scope', async () => {
  const plain = createHttp2();
  scopeHttp(plain);
  plain.on('request', (_request, response) => {
    closing.push(once(response, 'close'));
    void pool.acquire().then(() => response.end());
  });
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  const session = connect(`http://127.0.0.1:${(plain.address() as AddressInfo).port}`);
  const stream = session.request({ ':path': '/orders/7?token=a-secret' });
  stream.resume();
  await once(stream, 'close');
  await closed();
  session.close();
  plain.close();
  clock.pass(200);
  expect(events).toEqual([expect.objectContaining({ type: 'leak-suspected', evidence: 'scope-ended', scope: 'GET /orders/7' })]);
});

test('a server is put back as it was', () => {
  const plain = createServer();
  const before = Object.getOwnPropertyDescriptors(plain);
  const undo = scopeHttp(plain);
  expect(Object.hasOwn(plain, 'emit')).toBe(true);
  undo();
  undo();
  expect(Object.getOwnPropertyDescriptors(plain)).toEqual(before);
});
