import { count } from '../count.ts';
import type { Outcome } from '../finding/outcome.ts';
import type { Terminal } from '../terminal.ts';
import { heading } from './heading.ts';
import type { Mended } from './service/mend.ts';
import type { Run } from './service/run.ts';
import { drawComparison, leaksOf, throughputOf } from './table/comparison.ts';
import { drawRows } from './table/draw.ts';
import { rowsOf } from './table/rows.ts';
import { didWords, sawWords } from './table/words.ts';

/** The first half of the demo: the service as it was written. */
export interface Written {
  readonly outcome: Outcome;
  readonly run: Run;
  /** Of PostgreSQL. */
  readonly version: string;
  readonly clients: number;
}

/** Shows what is wrong with the service, line by line. */
export function tellRows({ outcome, run, version, clients }: Written, terminal: Terminal): void {
  const { stdout, paint } = terminal;
  const { count: requests, elapsedMs } = run.answers;
  stdout.write(heading('One service, two witnesses', paint));
  stdout.write(
    `An order service in ${count(outcome.checked, 'file')} of TypeScript, on PostgreSQL ${version}: ` +
      'pg with promises and with callbacks,\n' +
      `a transaction of TypeORM. The linter read it in ${(outcome.elapsedMs / 1000).toFixed(1)} s. ` +
      `Then ${clients} clients sent it ${count(requests, 'request')}\n` +
      `in ${(elapsedMs / 1000).toFixed(1)} s, under the guard; ` +
      'in the middle the server’s idle connections were cut off.\n\n',
  );
  const rows = rowsOf(outcome, run.seen.sightings);
  stdout.write(`${drawRows(rows, run, stdout.isTTY ? stdout.columns : Infinity, paint)}\n`);
}

/** The second half of the demo: the service as the linter mends it. */
export interface Copy {
  readonly applied: readonly Mended[];
  /** What the linter says of the copy. */
  readonly left: Outcome;
  readonly before: Run;
  readonly after: Run;
}

/** Shows what the linter's suggestions were worth, and what they leave. */
export function tellMended({ applied, left, before, after }: Copy, { stdout, paint }: Terminal): void {
  stdout.write(heading('The linter’s own suggestions, applied to a copy', paint));
  for (const { file, line, title } of applied) {
    stdout.write(`${paint.green('✔')} ${paint.cyan(`${file}:${line}`.padEnd(16))} ${title}\n`);
  }
  stdout.write(`\n${drawComparison(before, after, paint)}\n\n`);
  const leaks = leaksOf(after);
  const factor = throughputOf(after) / throughputOf(before);
  stdout.write(
    leaks + after.seen.open === 0
      ? `${paint.green(paint.bold('Nothing leaked'))}, and the throughput is ${factor.toFixed(1)} times what it was.\n`
      : `${paint.red(paint.bold(`${count(leaks, 'connection')} still leaked`))}.\n`,
  );
  const rest = rowsOf(left, after.seen.sightings);
  if (rest.length > 0) {
    stdout.write('The linter has no suggestion for the rest, which the guard sees at run time:\n');
  }
  for (const row of rest) {
    const line = paint.cyan(`${row.file}:${row.line}`.padEnd(16));
    const said = row.said.map(({ message }) => message);
    const did = didWords(row).map((text) => paint.green(text));
    stdout.write(`  ${line} ${[...said, ...sawWords(row), ...did].join('; ')}\n`);
  }
}
