import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scope } from '../../../packages/guard/dist/index.js';
import { withstands } from './after.ts';
import { ofMariadb } from './mariadb.ts';
import { ofMysql2 } from './mysql2.ts';
import { ofPg } from './pg.ts';
import type { Bench, Held } from './subject.ts';

const served = (count: number): readonly 'served'[] => Array.from({ length: count }, () => 'served');
const failed = (asked: Promise<unknown>): Promise<unknown> => asked.then(() => 'answered', (error: unknown) => error);

describe.each([ofPg, ofMysql2, ofMariadb])('a guarded pool of $driver withstands', ({ isHere, start }) => {
  let bench: Bench;
  beforeAll(async () => {
    if (isHere) bench = await start();
  });
  afterAll(async () => {
    if (isHere) await bench.stop();
  });

  test.skipIf(!isHere)('a restart of the server, with connections idle and held', async () => {
    await withstands(bench, 3, {}, async ({ subject, serve }) => {
      const held = await subject.acquire();
      expect(await serve(2)).toEqual(served(2));
      const running = failed(held.ask(bench.sleep));
      await bench.restart();
      expect(await running).toBeInstanceOf(Error);
      await held.release();
      expect(await serve(6)).toEqual(served(6));
    });
  });

  test.skipIf(!isHere)('the end of a held connection from the server\'s side', async () => {
    await withstands(bench, 1, {}, async ({ subject, serve }) => {
      const held = await subject.acquire();
      const waiting = serve(3);
      await bench.end(held.id);
      await expect.poll(() => subject.events.map(({ type }) => type)).toContain('connection-lost');
      expect(subject.events.find(({ type }) => type === 'connection-lost')).toMatchObject({
        code: expect.stringMatching(/./u),
        site: { file: expect.stringContaining('faults') },
      });
      expect(String(await failed(held.ask('select 1')))).toMatch(bench.lost);
      await held.release();
      expect(await waiting).toEqual(served(3));
    });
  });

  test.skipIf(!isHere)('the end of a connection from the server\'s side in the middle of a query', async () => {
    await withstands(bench, 1, {}, async ({ subject, serve }) => {
      const held = await subject.acquire();
      const running = failed(held.ask(bench.sleep));
      const waiting = serve(3);
      await bench.end(held.id);
      expect(await running).toBeInstanceOf(Error);
      await held.release();
      expect(await waiting).toEqual(served(3));
    });
  });

  test.skipIf(!isHere)('connections that are half open', async () => {
    await withstands(bench, 3, {}, async ({ subject, proxy, fill, serve, passUntil }) => {
      await fill();
      for (const link of proxy.links) link.set('stall');
      subject.clock.pass(1001);
      expect(await passUntil(serve(6), 1000)).toEqual(served(6));
    });
  });

  test.skipIf(!isHere)('connections that are reset while they idle', async () => {
    await withstands(bench, 3, {}, async ({ subject, proxy, fill, serve }) => {
      await fill();
      for (const link of proxy.links) link.set('reset');
      subject.clock.pass(1001);
      expect(await serve(6)).toEqual(served(6));
    });
  });

  test.skipIf(!isHere)('a peer that is slow', async () => {
    await withstands(bench, 2, { ping: { afterIdleMs: 0 } }, async ({ proxy, serve }) => {
      proxy.set({ delayMs: 20 });
      expect(await serve(6)).toEqual(served(6));
      proxy.set('pass');
    });
  });

  test.skipIf(!isHere)('a peer that stalls, and comes back', async () => {
    await withstands(bench, 2, { acquireTimeoutMs: 5000 }, async ({ subject, proxy, fill, serve, passUntil }) => {
      await fill();
      proxy.set('stall');
      subject.clock.pass(1001);
      const answers = await passUntil(serve(4), 1000);
      for (const answer of answers) expect(answer).toMatchObject({ code: 'LIFEGUARD_ACQUIRE_TIMEOUT' });
      proxy.set('pass');
      expect(await serve(4)).toEqual(served(4));
    });
  });

  test.skipIf(!isHere)('a server that is frozen, and thaws', async () => {
    await withstands(bench, 2, { acquireTimeoutMs: 5000 }, async ({ subject, fill, serve, passUntil }) => {
      await fill();
      await bench.kill('SIGSTOP');
      await expect.poll(() => bench.isFrozen()).toBe(true);
      subject.clock.pass(1001);
      const answers = await passUntil(serve(4), 1000).finally(() => bench.kill('SIGCONT'));
      for (const answer of answers) expect(answer).toMatchObject({ code: 'LIFEGUARD_ACQUIRE_TIMEOUT' });
      expect(await serve(4)).toEqual(served(4));
    });
  });

  test.skipIf(!isHere)('a failover that leaves it with a server that takes no writes', async () => {
    await withstands(bench, 2, { ping: { role: 'primary' } }, async ({ subject, serve }) => {
      const held = await subject.acquire();
      await held.ask('insert into written values (1)');
      await bench.setReadOnly(true);
      const refused = failed(held.ask('insert into written values (2)'));
      expect(String(Reflect.get(Object(await refused), 'code'))).toMatch(bench.readOnly);
      await held.release();
      expect(await failed(subject.acquire())).toMatchObject({ code: 'LIFEGUARD_NO_USABLE_CONNECTION' });
      await bench.setReadOnly(false);
      expect(await serve(4)).toEqual(served(4));
      const writer = await subject.acquire();
      expect(writer.id).not.toBe(held.id);
      await writer.ask('insert into written values (3)');
      await writer.release();
    });
  });

  test.skipIf(!isHere)('the loss of the only connection, again and again, while many want it', async () => {
    await withstands(bench, 1, {}, async ({ subject, proxy, serve }) => {
      const waiting = serve(20);
      for (let round = 0; round < 5; round += 1) {
        const held = await subject.acquire();
        for (const link of proxy.links) link.set('reset');
        expect(await failed(held.ask('select 1'))).toBeInstanceOf(Error);
        await held.release();
      }
      expect((await waiting).length).toBe(20);
      expect(await serve(5)).toEqual(served(5));
    });
  });

  test.skipIf(!isHere)('a BEGIN that fails, whose caller never releases', async () => {
    await withstands(bench, 1, { reclaim: { scopeEnded: 'destroy' } }, async ({ subject, proxy, serve, passUntil }) => {
      const zombies: Held[] = [];
      const job = scope('job', async () => {
        const held = await subject.acquire();
        zombies.push(held);
        for (const link of proxy.links) link.set('reset');
        await held.ask('BEGIN');
        await held.release();
      });
      expect(await failed(job)).toBeInstanceOf(Error);
      expect(await passUntil(serve(3), 250)).toEqual(served(3));
      expect(subject.stats()).toMatchObject({ active: 0, idle: 1 });
      for (const zombie of zombies) await zombie.release();
    });
  });

  test.skipIf(!isHere)('a process that stood still', async () => {
    await withstands(bench, 2, { idleLimitMs: 1000, reclaim: 'destroy' }, async ({ subject, proxy, serve, passUntil }) => {
      const held = await subject.acquire();
      expect(await serve(3)).toEqual(served(3));
      subject.clock.freeze(600_000);
      for (const link of proxy.links.slice(1)) link.set('stall');
      subject.clock.pass(1);
      expect(await passUntil(serve(3), 100)).toEqual(served(3));
      await held.ask('select 1');
      await held.release();
      expect(subject.stats()).toMatchObject({ leaks: 0, reclaims: 0 });
    });
  });

  test.skipIf(!isHere)('a connection that comes after its caller was told that none came', async () => {
    await withstands(bench, 1, { acquireTimeoutMs: 1000 }, async ({ subject, proxy, serve, passUntil }) => {
      proxy.set('stall');
      expect(await passUntil(failed(subject.acquire()), 250)).toMatchObject({ code: 'LIFEGUARD_ACQUIRE_TIMEOUT' });
      proxy.set('pass');
      await expect.poll(() => subject.stats().idle).toBe(1);
      expect(subject.stats()).toMatchObject({ active: 0, total: 1 });
      expect(await serve(3)).toEqual(served(3));
    });
  });

  test.skipIf(!isHere)('a caller who gives up while he waits', async () => {
    await withstands(bench, 1, {}, async ({ subject, serve }) => {
      const held = await subject.acquire();
      const control = new AbortController();
      const given = failed(scope('request', { signal: control.signal }, () => subject.acquire()));
      const waiting = serve(3);
      control.abort(new Error('nobody waits any more'));
      expect(String(await given)).toContain('nobody waits any more');
      await held.release();
      expect(await waiting).toEqual(served(3));
    });
  });

  test.skipIf(!isHere)('the reclaim of a connection whose query has just begun', async () => {
    let begin: (() => void) | undefined;
    const allow = (): boolean => {
      begin?.();
      return true;
    };
    await withstands(bench, 1, { idleLimitMs: 1000, reclaim: { idle: 'destroy', allow } }, async ({ subject, serve, passUntil }) => {
      const zombie = await subject.acquire();
      let running: Promise<unknown> = Promise.resolve();
      begin = () => void (running = failed(zombie.ask(bench.sleep)));
      const waiting = passUntil(serve(3), 250);
      expect(await waiting).toEqual(served(3));
      expect(await running).toBeInstanceOf(Error);
      expect(await failed(zombie.ask('select 1'))).toMatchObject({ code: 'LIFEGUARD_STALE_HANDLE' });
      await zombie.release();
      expect(subject.stats()).toMatchObject({ reclaims: 1 });
    });
  });
});
