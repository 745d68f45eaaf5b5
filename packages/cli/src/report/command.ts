import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type ExitCode, exitCodes } from '../check/exit-code.ts';
import { complain, remark, type Terminal } from '../terminal.ts';
import { type ReportFormatName, reportFormats } from './format/format.ts';
import { report } from './report.ts';
import { momentOf } from './since.ts';

interface Flags {
  readonly format: ReportFormatName;
  readonly since?: number;
  readonly limit: number;
}

const examples = `
Examples:
  lifeguard report leaks.jsonl
  lifeguard report 'reports/**/*.jsonl' --since 7d
  lifeguard report reports --format sarif > leaks.sarif

Files, folders (all .jsonl and .jsonl.gz below) and globs. Run it where the paths of the
reports start. Exit codes: 0, and 2 for wrong use or a report that cannot be read.
`;

/** The command `lifeguard report`. */
export function reportCommand(terminal: Terminal, done: (code: ExitCode) => void): Command {
  return new Command('report')
    .description('Show what leaked while it ran, by line, from the reports of the guard.')
    .addArgument(new Argument('<files...>', 'reports: files, folders or globs'))
    .addOption(new Option('-f, --format <name>', 'how to print').choices(Object.keys(reportFormats)).default('table'))
    .option('--since <moment>', 'only from then on: a date, as 2026-11-02, or a time ago, as 24h or 7d', (text) => momentOf(text))
    .option('--limit <count>', 'how many sites to show in a table or as Markdown', atLeastOne, 20)
    .addHelpText('after', examples)
    .action((paths: string[], { format, since, limit }: Flags) => {
      const said = report({ paths, ...(since === undefined ? {} : { sinceMs: since }) });
      terminal.stdout.write(reportFormats[format](said, { paint: terminal.paint, limit }));
      said.notices.forEach((notice) => remark(notice, terminal));
      said.problems.forEach((one) => complain(one, terminal));
      done(said.problems.length > 0 ? exitCodes.wrongUse : exitCodes.clean);
    });
}

function atLeastOne(text: string): number {
  if (!/^[1-9]\d*$/u.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
