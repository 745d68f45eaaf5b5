import { deviations, dice, type Script } from './choices.ts';
import { faultPoints, type FaultPoint, type Policy } from './policy.ts';
import { compile, runOnce, worse, type Fate, type Outcome, type Runnable } from './run.ts';

/** What is true of one acquire: its worst fate; of one that no run came past nothing is known. */
export type Verdict = Fate | 'unreached';

export interface Truth {
  readonly sites: ReadonlyMap<number, Verdict>;
  readonly runs: number;
}

/** How many runs to spend before believing that an acquire is clean. */
export interface Budget {
  readonly calm: number;
  readonly faulted: number;
  readonly random: number;
}

export const usual: Budget = { calm: 150, faulted: 400, random: 0 };
/** For an acquire the linter reported and no run has shown to leak. */
export const patient: Budget = { calm: 400, faulted: 3_000, random: 2_000 };

/** Runs a program under every script the budget allows; the leaks seen are the truth. */
export async function truthOf(source: string, policy: Policy, budget: Budget = usual): Promise<Truth> {
  const program = compile(source);
  const seen = new Map<number, Fate>();
  const note = ({ fates }: Outcome): void => {
    for (const [line, fate] of fates) seen.set(line, worse(seen.get(line), fate));
  };
  const allNormal = (): boolean => program.sites.every((line) => seen.get(line) === 'normal');
  const allLeak = (): boolean => program.sites.every((line) => (seen.get(line) ?? 'clean') !== 'clean');

  let runs = await search(program, new Set(), budget.calm, note, allNormal);
  const points = faultPoints[policy];
  if (points.size > 0) runs += await search(program, points, budget.faulted, note, allLeak);
  const roll = dice(source.length);
  for (let run = 0; run < budget.random && !allLeak(); run++, runs++) {
    note(await runOnce(program, points, [], (arity) => Math.floor(roll() * arity)));
  }
  return { sites: new Map(program.sites.map((line) => [line, seen.get(line) ?? 'unreached'])), runs };
}

async function search(
  program: Runnable,
  points: ReadonlySet<FaultPoint>,
  budget: number,
  note: (outcome: Outcome) => void,
  done: () => boolean,
): Promise<number> {
  const queue: Script[] = [[]];
  let runs = 0;
  for (; runs < queue.length && runs < budget && !done(); runs++) {
    const script = queue[runs] ?? [];
    const outcome = await runOnce(program, points, script);
    note(outcome);
    if (queue.length < budget) queue.push(...deviations(script, outcome.trace));
  }
  return runs;
}
