import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { program } from './arbitrary.ts';
import { annotate, compare, isMissed, type Finding } from './compare.ts';
import { linterIn, type Lint } from './lint.ts';
import { policies } from './policy.ts';
import { print } from './print.ts';
import type { Program } from './program.ts';
import { reduce } from './reduce.ts';
import { allowedNoise, Tally } from './tally.ts';

const long = process.env.LIFEGUARD_LONG === '1';
const programs = long ? 20_000 : 2_000;
// The same programs in every run, so that red means a change; LIFEGUARD_SEED asks for others.
const seed = Number(process.env.LIFEGUARD_SEED ?? (long ? 777_001 : 20_261_121));

let lint: Lint;

beforeAll(async () => {
  lint = await linterIn(new URL('../../packages/eslint-plugin/dist/', import.meta.url));
});

describe('every leak seen at run time is reported', () => {
  for (const policy of policies) {
    it(
      `where exceptional paths are "${policy}"`,
      { timeout: long ? 3_600_000 : 300_000 },
      async () => {
        const tally = new Tally();
        const look = (tree: Program): Promise<Finding[]> => compare(print(tree), policy, lint);
        const missed = async (tree: Program): Promise<boolean> => (await look(tree)).some(isMissed);
        const property = fc.asyncProperty(program, async (tree) => {
          const findings = await look(tree);
          tally.add(findings, () => annotate(print(tree), findings));
          return !findings.some(isMissed);
        });
        console.log(`oracle: policy ${policy}, LIFEGUARD_SEED=${seed}`);
        const { counterexample } = await fc.check(property, { seed, numRuns: programs, endOnFailure: true });
        console.log(`oracle: ${tally.toString()}`);
        if (counterexample) {
          const smallest = await reduce(counterexample[0], missed);
          expect.fail(`Missed:\n${annotate(print(smallest), await look(smallest))}`);
        }
        expect(tally.leaks).toBeGreaterThan(programs / 10);
        expect(tally.noise, tally.shortest(3).join('\n\n')).toBeLessThan(allowedNoise);
      },
    );
  }
});
