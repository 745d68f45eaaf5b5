import Table from 'cli-table3';
import type { Paint } from '../../format/paint.ts';
import type { Run } from '../service/run.ts';
import type { Row } from './rows.ts';
import { silences } from './topic.ts';
import { didWords, sawWords, sumOf, times } from './words.ts';
import { wrap } from './wrap.ts';

/** As wide as the frame, with its borders, may be at most. */
const widest = 100;
const borders = 5;
const widthOfLine = 19;

/** Lines of a cell that look the same. */
type Part = readonly [text: string, paint: (line: string) => string];

/** The table of the demo: each line that is wrong, and what the two halves have to say of it. */
export function drawRows(rows: readonly Row[], run: Run, columns: number, paint: Paint): string {
  const rest = Math.min(columns, widest) - borders - widthOfLine;
  const third = Math.floor(rest / 3);
  const widths = [widthOfLine, third + 4, third - 1, rest - 2 * third - 3];
  const table = new Table({
    head: ['Line', 'What the linter said', 'What the guard saw', 'What it did'].map((text) =>
      paint.bold(text),
    ),
    colWidths: widths,
    style: { head: [], border: [] },
  });
  const cells = [...rows.map((row) => cellsOf(row, paint)), cutCells(run, paint)];
  for (const cell of cells) {
    table.push(cell.map((parts, index) => drawCell(parts, widths[index] ?? 0)));
  }
  return table.toString();
}

/** Each line is painted by itself: the table would let a colour run into the next cell. */
function drawCell(parts: readonly Part[], width: number): string {
  const inner = width - 2;
  return parts.flatMap(([text, look]) => wrap(text, inner).map(look)).join('\n');
}

function cellsOf(row: Row, { cyan, dim, green }: Paint): Part[][] {
  const nothing: Part = ['nothing', dim];
  const said = row.said.flatMap(({ message, rule }): Part[] => [
    [message, String],
    [rule.replace('lifeguard/', ''), dim],
  ]);
  const saw = sawWords(row).map((text): Part => [text, String]);
  const did = didWords(row).map((text): Part => [text, green]);
  return [
    [
      [`${row.file}:${row.line}`, cyan],
      [row.inside, dim],
    ],
    said.length > 0 ? said : [[silences[row.topic], dim]],
    saw.length > 0 ? saw : [nothing],
    did.length > 0 ? did : [nothing],
  ];
}

/** The connections that the server ended in the middle of the run. */
function cutCells({ seen: { cut, sightings } }: Run, { cyan, dim, green }: Paint): Part[][] {
  const discarded = sumOf(sightings, 'stale-discarded');
  const left = cut.closed - discarded;
  const lost = sumOf(sightings, 'connection-lost');
  return [
    [
      ['the server', cyan],
      ['idle connections', dim],
    ],
    [['nothing: no line is to blame', dim]],
    [[`${times(cut.count)} an idle connection ended by the server`, String]],
    [
      ...(discarded > 0 ? [[`${times(discarded)} found dead before it was lent`, green] as const] : []),
      ...(left > 0 ? [[`${times(left)} closed by the pool itself`, green] as const] : []),
      [`${times(lost)} lent dead`, green],
    ],
  ];
}
