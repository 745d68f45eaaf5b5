import { writeFileSync } from 'node:fs';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type FormatName, formats } from '../format/format.ts';
import { plain } from '../format/paint.ts';
import { causeOf } from '../find/obstacle.ts';
import type { Configuration } from '../lint/configuration.ts';
import { startProgress } from '../lint/progress.ts';
import { LifeguardError, problem } from '../problem.ts';
import { complain, remark, type Terminal } from '../terminal.ts';
import { check } from './check.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import type { Outcome } from '../finding/outcome.ts';

interface Flags {
  readonly format: FormatName;
  readonly output?: string;
  readonly preset: 'recommended' | 'strict';
  readonly typeAware?: true;
  readonly config?: string;
  readonly useConfig?: true;
  readonly maxWarnings?: number;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly concurrency: number | 'auto' | 'off';
  readonly reports?: readonly string[];
}

const examples = `
Examples:
  lifeguard check                                   the working directory
  lifeguard check src --format sarif -o leaks.sarif for code scanning
  lifeguard check --update-baseline                 live with today's findings
  lifeguard check --baseline eslint-suppressions.json
  lifeguard check --reports 'reports/*.jsonl'       with what leaked in production

Exit codes: 0 clean, 1 findings, 2 wrong use or something could not be checked.
node_modules, dot folders and what git ignores are left out unless you name them.
`;

/** The command `lifeguard check`. */
export function checkCommand(terminal: Terminal, done: (code: ExitCode) => void): Command {
  return new Command('check')
    .description('Find connections that are acquired and not given back on every path.')
    .addArgument(new Argument('[paths...]', 'files, folders or globs').default(['.'], '.'))
    .addOption(
      new Option('-f, --format <name>', 'how to print findings')
        .choices(Object.keys(formats))
        .default('stylish'),
    )
    .option('-o, --output <file>', 'write the findings to a file instead of stdout')
    .addOption(
      new Option('--preset <name>', 'which rules to use')
        .choices(['recommended', 'strict'])
        .default('recommended'),
    )
    .addOption(
      new Option('--type-aware', 'use the types of the nearest tsconfig.json; slower').conflicts(
        'preset',
      ),
    )
    .addOption(
      new Option('--use-config', 'use the eslint.config.* of the project instead').conflicts([
        'config',
        'preset',
        'typeAware',
      ]),
    )
    .addOption(
      new Option('--config <file>', 'use this ESLint configuration instead').conflicts([
        'preset',
        'typeAware',
      ]),
    )
    .option('--max-warnings <count>', 'fail if there are more warnings', wholeNumber)
    .option('--baseline <file>', 'suppress what this ESLint suppressions file lists')
    .option('--update-baseline', 'write the findings to the baseline (eslint-suppressions.json)')
    .option('--concurrency <count>', 'worker threads: a number, auto or off', workers, 'auto')
    .option('--reports <path>', 'reports of the guard: a file, folder or glob; may be repeated', collect)
    .addHelpText('after', examples)
    .action(async (paths: string[], flags: Flags) => {
      done(await run(paths, flags, terminal));
    });
}

async function run(paths: string[], flags: Flags, terminal: Terminal): Promise<ExitCode> {
  let progress: ReturnType<typeof startProgress> | undefined;
  const outcome = await check({
    paths,
    configuration: configurationOf(flags),
    concurrency: flags.concurrency,
    ...(flags.baseline === undefined ? {} : { baseline: flags.baseline }),
    ...(flags.reports === undefined ? {} : { reports: flags.reports }),
    updateBaseline: flags.updateBaseline ?? false,
    onProgress(finished, total) {
      progress ??= startProgress(terminal.stderr, total);
      progress.update(finished);
    },
  }).finally(() => progress?.stop());

  print(outcome, flags, terminal);
  outcome.notices.forEach((notice) => remark(notice, terminal));
  outcome.problems.forEach((one) => complain(one, terminal));
  return exitCodeOf(outcome, flags.maxWarnings);
}

function print(outcome: Outcome, { format, output }: Flags, terminal: Terminal): void {
  if (output === undefined) {
    terminal.stdout.write(formats[format](outcome, terminal.paint));
    return;
  }
  try {
    writeFileSync(output, formats[format](outcome, plain));
  } catch (error) {
    throw new LifeguardError(problem('LIFEGUARD_OUTPUT_FAILED', output, causeOf(error)));
  }
}

function configurationOf(flags: Flags): Configuration {
  if (flags.config !== undefined) {
    return { from: 'file', file: flags.config };
  }
  if (flags.useConfig) {
    return { from: 'project' };
  }
  return { from: 'lifeguard', preset: flags.typeAware ? 'type-checked' : flags.preset };
}

function collect(path: string, before: readonly string[] = []): readonly string[] {
  return [...before, path];
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError('It must be a whole number.');
  }
  return Number(text);
}

function workers(text: string): number | 'auto' | 'off' {
  if (text === 'auto' || text === 'off') {
    return text;
  }
  if (!/^[1-9]\d*$/.test(text)) {
    throw new InvalidArgumentError('It must be a number from 1, "auto" or "off".');
  }
  return Number(text);
}
