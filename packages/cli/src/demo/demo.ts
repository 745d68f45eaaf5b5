import path from 'node:path';
import { check } from '../check/check.ts';
import type { Outcome } from '../finding/outcome.ts';
import { complain, type Terminal } from '../terminal.ts';
import { unprivileged } from './machine/account.ts';
import { type Postgres, startPostgres } from './machine/postgres.ts';
import type { Workplace } from './machine/workplace.ts';
import type { Needed } from './modules.ts';
import { compile, copyService, prepare, sourcesIn } from './service/copy.ts';
import { clients } from './service/load.ts';
import { mend } from './service/mend.ts';
import { type Run, runService } from './service/run.ts';
import type { Steps } from './steps.ts';
import { tellMended, tellRows } from './tell.ts';

/** How long each of the two runs is asked. */
const loadMs = 6_000;

/**
 * Shows the two halves on one service: lints it, runs it under the guard and under load, mends it by
 * the linter's suggestions and runs it again.
 *
 * @returns `false` when something of it could not be checked.
 */
export async function demonstrate(
  needed: Needed,
  workplace: Workplace,
  terminal: Terminal,
  steps: Steps,
): Promise<boolean> {
  const postgres = await steps.step('Starting a PostgreSQL', () =>
    startPostgres(needed.binaries, unprivileged(), workplace),
  );
  const written = path.join(workplace.path, 'as-written');
  const mended = path.join(workplace.path, 'mended');
  prepare(workplace.path, needed.drivers);
  copyService(written);
  const outcome = await steps.step('Linting a small order service', () => lintService(written));
  const before = await steps.step('Running it under the guard', () =>
    run(written, postgres, workplace),
  );
  tellRows({ outcome, run: before, version: postgres.version, clients }, terminal);

  copyService(mended, written);
  const applied = await steps.step('Applying the linter’s suggestions to a copy', () => mend(mended));
  const left = await lintService(mended);
  const after = await steps.step('Running the copy under the same load', () =>
    run(mended, postgres, workplace),
  );
  tellMended({ applied, left, before, after }, terminal);
  const problems = [...outcome.problems, ...left.problems];
  problems.forEach((one) => complain(one, terminal));
  return problems.length === 0;
}

function lintService(folder: string): Promise<Outcome> {
  return check({
    paths: sourcesIn(folder),
    cwd: folder,
    configuration: { from: 'lifeguard', preset: 'recommended' },
    concurrency: 'off',
  });
}

/** A server that ends by itself ends the run. */
function run(folder: string, postgres: Postgres, workplace: Workplace): Promise<Run> {
  compile(folder);
  return Promise.race([runService(folder, postgres, workplace, loadMs), postgres.ended]);
}
