import Table from 'cli-table3';
import type { Paint } from '../../format/paint.ts';
import type { Run } from '../service/run.ts';
import type { Row } from './rows.ts';
import { silences } from './topic.ts';
import { didWords, sawWords, sumOf, times } from './words.ts';

/** As wide as the frame, with its borders, may be at most. */
const widest = 100;
const borders = 5;
const widthOfLine = 19;

/** The table of the demo: each line that is wrong, and what the two halves have to say of it. */
export function drawRows(rows: readonly Row[], run: Run, columns: number, paint: Paint): string {
  const rest = Math.min(columns, widest) - borders - widthOfLine;
  const third = Math.floor(rest / 3);
  const table = new Table({
    head: ['Line', 'What the linter said', 'What the guard saw', 'What it did'].map((text) => paint.bold(text)),
    colWidths: [widthOfLine, third + 4, third - 1, rest - 2 * third - 3],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const row of rows) {
    table.push([
      `${paint.cyan(`${row.file}:${row.line}`)}\n${paint.dim(row.inside)}`,
      said(row, paint),
      sawWords(row).join('\n') || paint.dim('nothing'),
      didWords(row).map((text) => paint.green(text)).join('\n') || paint.dim('nothing'),
    ]);
  }
  table.push(cutRow(run, paint));
  return table.toString();
}

function said({ said, topic }: Row, paint: Paint): string {
  const findings = said.map(({ message, rule }) => `${message}\n${paint.dim(rule.replace('lifeguard/', ''))}`);
  return findings.join('\n') || paint.dim(silences[topic]);
}

/** The connections that the server ended in the middle of the run. */
function cutRow({ seen: { cut, sightings } }: Run, paint: Paint): string[] {
  const discarded = sumOf(sightings, 'stale-discarded');
  const lost = sumOf(sightings, 'connection-lost');
  return [
    `${paint.cyan('the server')}\n${paint.dim('idle connections')}`,
    paint.dim('nothing: no line is to blame'),
    `${times(cut.count)} an idle connection ended by the server`,
    [
      `${times(discarded)} found dead before it was lent`,
      `${times(cut.closed - discarded)} left to the pool`,
      `${times(lost)} lent dead`,
    ]
      .map((text) => paint.green(text))
      .join('\n'),
  ];
}
