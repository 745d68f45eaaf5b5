import { Pool } from 'lightning-pool';
import { expect, test } from 'vitest';
import { holders, scope, stats, unguard } from '../../../packages/guard/dist/index.js';
import { watched } from '../watched.ts';

/** What the pool lends: anything with methods. */
class Browser {
  readonly id: number;
  isOpen = true;

  constructor(id: number) {
    this.id = id;
  }

  render(page: string): Promise<string> {
    return Promise.resolve(`${page} by ${this.id}`);
  }
}

const stale = { code: 'LIFEGUARD_STALE_HANDLE' };

function browsers(max = 1, acquireTimeoutMillis = 0): Pool<Browser> {
  let id = 0;
  return new Pool<Browser>({
    create: () => Promise.resolve(new Browser((id += 1))),
    destroy: (browser) => {
      browser.isOpen = false;
    },
    reset: () => new Promise((resolve) => setImmediate(resolve)),
  }, { max, acquireTimeoutMillis });
}

function viaCallback(pool: Pool<Browser>): Promise<Browser> {
  return new Promise((resolve, reject) => {
    pool.acquire((error: unknown, browser: Browser) => (error instanceof Error ? reject(error) : resolve(browser)));
  });
}

test.each([
  ['a promise', (pool: Pool<Browser>) => pool.acquire()],
  ['a callback', viaCallback],
])('a checkout with %s is one lease, which names the line of its holder', async (_how, acquire) => {
  const { pool, alarms } = watched(browsers());
  const browser = await acquire(pool);
  expect(browser).toBeInstanceOf(Browser);
  expect(await browser.render('a page')).toBe('a page by 1');
  expect(holders(pool)).toMatchObject([{ state: 'held', site: { file: import.meta.filename } }]);
  expect(pool.isAcquired(browser)).toBe(true);
  expect(pool.includes(browser)).toBe(true);
  expect(stats(pool)).toMatchObject({ active: 1, idle: 0, total: 1, waiting: 0, acquired: 1, max: 1 });
  await pool.releaseAsync(browser);
  expect(stats(pool)).toMatchObject({ active: 0, idle: 1, total: 1, acquired: 1, returned: 1, connectionsCreated: 1 });
  await expect(browser.render('a page')).rejects.toMatchObject(stale);
  expect(alarms()).toEqual(['stale-handle']);
  await pool.closeAsync();
  expect(stats(pool)).toMatchObject({ connectionsDestroyed: 1, total: 0 });
});

test('two who wait get a resource one after the other, though it is given back twice', async () => {
  const { pool } = watched(browsers());
  const first = await pool.acquire();
  const waiting = [pool.acquire(), pool.acquire()];
  pool.release(first);
  pool.release(first);
  const second = await waiting[0];
  expect(stats(pool)).toMatchObject({ active: 1, waiting: 1 });
  await new Promise((resolve) => pool.release(first, resolve));
  expect(stats(pool)).toMatchObject({ active: 1, waiting: 1, staleHandles: 2 });
  if (second !== undefined) pool.release(second);
  const third = await waiting[1];
  if (third !== undefined) await pool.releaseAsync(third);
  expect(stats(pool)).toMatchObject({ active: 0, returned: 3 });
  await pool.closeAsync();
});

test('what a scope has kept is destroyed, and who waits gets another', async () => {
  const { pool, clock, alarms } = watched(browsers(), { reclaim: { scopeEnded: 'destroy' } });
  const kept = await scope('render', () => pool.acquire());
  const waiting = pool.acquire();
  clock.pass(5000);
  const next = await waiting;
  expect([kept.isOpen, await next.render('a page')]).toEqual([false, 'a page by 2']);
  expect(alarms()).toEqual(['leak-suspected', 'leaked', 'reclaimed']);
  pool.release(kept);
  await pool.releaseAsync(next);
  expect(stats(pool)).toMatchObject({ active: 0, total: 1, leaks: 1 });
  await pool.closeAsync();
});

test('a resource that is destroyed ends its lease', async () => {
  const { pool, alarms } = watched(browsers());
  pool.destroy(await pool.acquire());
  await pool.destroyAsync(await pool.acquire());
  expect(stats(pool)).toMatchObject({ active: 0, total: 0, acquired: 2 });
  expect(holders(pool)).toEqual([]);
  expect(alarms()).toEqual([]);
  await pool.closeAsync();
});

test('a wait that takes too long is refused with the pool\'s own error', async () => {
  const { pool } = watched(browsers(1, 20));
  const browser = await pool.acquire();
  await expect(pool.acquire()).rejects.toThrow('Request timed out');
  expect(stats(pool)).toMatchObject({ refused: 1, active: 1 });
  pool.release(browser);
  await pool.closeAsync();
});

test('without its guard the pool is as it was', async () => {
  const { pool } = watched(browsers());
  const methods = Object.getOwnPropertyNames(browsers());
  unguard(pool);
  expect(Object.getOwnPropertyNames(pool)).toEqual(methods);
  const browser = await pool.acquire();
  expect(Object.getPrototypeOf(browser)).toBe(Browser.prototype);
  pool.release(browser);
  await pool.closeAsync();
});
