import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectNoLeaks } from '../../../packages/guard/dist/runners/vitest.js';
import { openPg } from '../pg/open.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());
afterEach(() => vi.useRealTimers());

describe('a piece of work', () => {
  it('has leaked what the guard took back meanwhile', async () => {
    await using opened = openPg(server, {}, { idleLimitMs: 1000, reclaim: 'destroy' });
    const work = async (): Promise<void> => {
      await opened.pool.connect();
      for (let second = 0; second < 5; second += 1) opened.clock.pass(1000);
      expect(opened.alarms()).toContain('reclaimed');
    };
    await expect(expectNoLeaks(work)).rejects.toMatchObject({ code: 'LIFEGUARD_LEAK', message: expect.stringContaining('taken back by the guard') as string });
  });

  it('settles also where a test has put fake timers in the place of timers', async () => {
    await using opened = openPg(server);
    const client = await opened.pool.connect();
    client.release();
    const timers = { setTimeout };
    vi.useFakeTimers();
    const work = async (): Promise<void> => {
      const late = await opened.pool.connect();
      timers.setTimeout(() => late.release(), 20);
    };
    await expectNoLeaks(work);
  });

  it('fails with its own error first', async () => {
    await using opened = openPg(server);
    const work = (): Promise<void> => opened.pool.query('SELECT no_such_column').then(() => undefined);
    await expect(expectNoLeaks(work)).rejects.toMatchObject({ code: '42703' });
  });

  it('fails with its own error where it leaks besides, and the leak is not lost', async () => {
    await using opened = openPg(server, { max: 10 });
    const leaksAnd = (error: unknown): Promise<void> =>
      expectNoLeaks(async () => {
        await opened.pool.connect();
        throw error;
      }, { settleMs: 0 });
    const own = new Error('its own');
    await expect(leaksAnd(own)).rejects.toBe(own);
    expect(own).toMatchObject({ cause: { code: 'LIFEGUARD_LEAK' } });
    // Where nothing can be put on the error, it is put on the leak.
    for (const error of ['its own', new Error('its own', { cause: 'another' }), Object.freeze(new Error('its own'))]) {
      await expect(leaksAnd(error)).rejects.toMatchObject({ code: 'LIFEGUARD_LEAK', cause: error });
    }
  });

  it('fails with its own error where nobody can say whether it may leak', async () => {
    await using opened = openPg(server);
    const own = new Error('its own');
    const ignoreSite = (): boolean => {
      throw new Error('the predicate');
    };
    const work = async (): Promise<void> => {
      await opened.pool.connect();
      throw own;
    };
    await expect(expectNoLeaks(work, { settleMs: 0, ignoreSite })).rejects.toBe(own);
    expect(own).toMatchObject({ cause: { code: 'LIFEGUARD_LEAK', cause: { message: 'the predicate' } } });
  });

  it('is told apart from another that runs at the same time', async () => {
    await using opened = openPg(server);
    const client = await opened.pool.connect();
    const [clean, leaky] = await Promise.allSettled([
      expectNoLeaks(async () => {
        (await opened.pool.connect()).release();
      }),
      expectNoLeaks(async () => {
        client.release();
        await opened.pool.connect();
      }, { settleMs: 0 }),
    ]);
    expect([clean.status, leaky.status]).toEqual(['fulfilled', 'rejected']);
  });
});
