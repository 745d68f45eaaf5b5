import { check } from '../../check/check.ts';
import type { Outcome } from '../../finding/outcome.ts';
import type { Terminal } from '../../terminal.ts';
import { complain } from '../../terminal.ts';
import { heading } from '../heading.ts';
import type { Steps } from '../steps.ts';
import { findPackages, type Installed } from './packages.ts';
import { describe, table } from './show.ts';

/** Checks published packages, and shows what was found; `false` when something could not be checked. */
export async function lookAtPublished(terminal: Terminal, steps: Steps): Promise<boolean> {
  const { stdout, paint } = terminal;
  const { installed, missing } = findPackages();
  const outcomes = await steps.step('Reading published packages', async (say) => {
    const found: (readonly [Installed, Outcome])[] = [];
    for (const one of installed) {
      say(one.name);
      found.push([one, await look(one)]);
    }
    return found;
  });
  if (outcomes.length > 0) {
    stdout.write(heading('The same linter on published packages that use pools', paint));
    stdout.write(`${describe(outcomes, paint)}\n${table(outcomes, paint)}\n`);
  }
  if (missing.length > 0) {
    terminal.stderr.write(`Not installed here, so not shown: ${missing.join(', ')}.\n`);
  }
  const problems = outcomes.flatMap(([, outcome]) => outcome.problems);
  problems.forEach((one) => complain(one, terminal));
  return problems.length === 0;
}

function look({ paths, cwd }: Installed): Promise<Outcome> {
  return check({
    paths,
    cwd,
    configuration: { from: 'lifeguard', preset: 'recommended' },
    concurrency: 'off',
  });
}
