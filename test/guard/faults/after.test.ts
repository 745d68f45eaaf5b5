import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withstands } from './after.ts';
import { ofMariadb } from './mariadb.ts';
import { ofMysql2 } from './mysql2.ts';
import { ofPg } from './pg.ts';
import type { Bench } from './subject.ts';

describe.each([ofPg, ofMysql2, ofMariadb])('a trial of $driver', ({ isHere, start }) => {
  let bench: Bench;
  beforeAll(async () => {
    if (isHere) bench = await start();
  });
  afterAll(async () => {
    if (isHere) await bench.stop();
  });

  const passes = (): Promise<void> =>
    withstands(bench, 2, {}, async ({ subject }) => {
      const held = await subject.acquire();
      await held.ask('insert into written values (1)');
      await held.release();
    });

  test.skipIf(!isHere)('that fails while it holds a connection says why, and leaves nothing to the next', async () => {
    const why = new Error('the trial has failed');
    const fails = withstands(bench, 1, {}, async ({ subject }) => {
      await subject.acquire();
      await bench.setReadOnly(true);
      throw why;
    });
    await expect(fails).rejects.toBe(why);
    await passes();
  });

  test.skipIf(!isHere)('that never ends says what it waits for, and leaves nothing to the next', async () => {
    const hangs = withstands(bench, 1, {}, async ({ subject, proxy }) => {
      const held = await subject.acquire();
      proxy.set('stall');
      void held.ask('select 7').catch(() => undefined);
      await bench.kill('SIGSTOP');
      await subject.acquire();
    }, 1000);
    await expect(hangs).rejects.toThrow(/^The trial has not ended after 1000 ms: it waits for 'select 7' on \d+, a connection of the pool, and holds \d+\.$/u);
    await passes();
  });

  test.skipIf(!isHere)('in which the server has ended leaves another to the next', async () => {
    await expect(withstands(bench, 1, {}, () => bench.kill('SIGKILL').then(() => Promise.reject(new Error('it has ended'))))).rejects.toThrow('it has ended');
    await passes();
  });
});
