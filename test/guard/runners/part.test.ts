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
