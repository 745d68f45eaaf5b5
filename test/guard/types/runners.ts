import type { CallSite } from '../../../packages/guard/dist/index.js';
import * as jest from '../../../packages/guard/dist/runners/jest.js';
import * as mocha from '../../../packages/guard/dist/runners/mocha.js';
import * as nodeTest from '../../../packages/guard/dist/runners/node-test.js';
import * as vitest from '../../../packages/guard/dist/runners/vitest.js';

/** The same names with the same types under every runner. */
const runners = [jest, mocha, nodeTest, vitest] as const;

export async function ofEveryRunner(): Promise<string> {
  const options: vitest.LeakOptions = {
    settleMs: 100,
    ignoreSite: ['src/audit.ts', /listen/u, ({ library }: CallSite) => library === 'typeorm@1.1.1'],
    ignoreCurrent: true,
    poolOfOne: true,
    faults: { failBegin: true, dieAfter: 2, failNth: 3 },
  };
  for (const { expectNoLeaks, failOnLeaks } of runners) {
    expectNoLeaks();
    expectNoLeaks(options);
    failOnLeaks();
    failOnLeaks(options);
    // @ts-expect-error -- it is `settleMs`
    expectNoLeaks({ settelMs: 100 });
    // @ts-expect-error -- a number of milliseconds
    failOnLeaks({ settleMs: '100' });
    // @ts-expect-error -- no such fault
    expectNoLeaks({ faults: { failCommit: true } });
  }
  const rows: number = await vitest.expectNoLeaks(() => Promise.resolve(1));
  const name: string = await nodeTest.expectNoLeaks(() => 'name', { settleMs: 0 });
  return `${name} ${rows}`;
}

/** What Mocha takes from a file that `--require` loads. */
export const mochaHooks: mocha.RootHooks = mocha.failOnLeaks({ settleMs: 200 });
