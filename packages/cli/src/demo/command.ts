import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { check } from '../check/check.ts';
import { type ExitCode, exitCodes } from '../check/exit-code.ts';
import type { Outcome } from '../finding/outcome.ts';
import type { Paint } from '../format/paint.ts';
import { stylish } from '../format/stylish.ts';
import { startProgress } from '../lint/progress.ts';
import { complain, type Terminal } from '../terminal.ts';
import { findPackages, type Installed } from './packages.ts';
import { describe, table } from './show.ts';

/** The command `lifeguard demo`: findings are what it is for, so they do not fail it. */
export function demoCommand(terminal: Terminal, done: (code: ExitCode) => void): Command {
  return new Command('demo')
    .description('Show findings in a small leaky service and in published packages.')
    .action(async () => {
      done(await run(terminal));
    });
}

async function run(terminal: Terminal): Promise<ExitCode> {
  const { stdout, paint } = terminal;
  stdout.write(`${title('A small order service, with the leaks everyone writes', paint)}\n\n`);
  const service = await look('orders', ['orders'], ownFolder(), terminal);
  stdout.write(`${stylish(service, paint)}\n`);

  const { installed, missing } = findPackages();
  const outcomes: (readonly [Installed, Outcome])[] = [];
  if (installed.length > 0) {
    stdout.write(`${title('The sources of published packages that use pools', paint)}\n\n`);
  }
  for (const one of installed) {
    const outcome = await look(one.name, one.paths, one.cwd, terminal);
    outcomes.push([one, outcome]);
    stdout.write(describe(one, outcome, paint));
  }
  if (outcomes.length > 0) {
    stdout.write(`${table(outcomes, paint)}\n`);
  }
  if (missing.length > 0) {
    terminal.stderr.write(
      `Not installed here, so not shown: ${missing.join(', ')}. ` +
        `Get them with: npm install ${missing.join(' ')}\n`,
    );
  }
  const failed = [service, ...outcomes.map(([, outcome]) => outcome)].some(
    ({ problems }) => problems.length > 0,
  );
  return failed ? exitCodes.wrongUse : exitCodes.clean;
}

async function look(
  name: string,
  paths: readonly string[],
  cwd: string,
  terminal: Terminal,
): Promise<Outcome> {
  let progress: ReturnType<typeof startProgress> | undefined;
  const outcome = await check({
    paths,
    cwd,
    configuration: { from: 'lifeguard', preset: 'recommended' },
    concurrency: 'off',
    onProgress(finished, total) {
      progress ??= startProgress(terminal.stderr, total, name);
      progress.update(finished);
    },
  }).finally(() => progress?.stop());
  outcome.problems.forEach((one) => complain(one, terminal));
  return outcome;
}

function title(text: string, paint: Paint): string {
  return `${paint.bold(text)}\n${'─'.repeat(text.length)}`;
}

function ownFolder(): string {
  return fileURLToPath(new URL('../../demo', import.meta.url));
}
