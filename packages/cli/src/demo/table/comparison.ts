import Table from 'cli-table3';
import type { Paint } from '../../format/paint.ts';
import type { Run } from '../service/run.ts';
import { sumOf } from './words.ts';

/** How many requests were answered in a second. */
export function throughputOf({ answers: { count, elapsedMs } }: Run): number {
  return count / (elapsedMs / 1000);
}

/** How many connections leaked. */
export function leaksOf({ seen }: Run): number {
  return sumOf(seen.sightings, 'leaked');
}

const measures: readonly (readonly [string, (run: Run) => string])[] = [
  ['Requests answered', ({ answers }) => whole(answers.count)],
  ['… in a second', (run) => whole(throughputOf(run))],
  ['… with status 500', ({ answers }) => whole(answers.failed)],
  ['Waiting for a connection, on average', ({ seen }) => `${seen.waitMs.toFixed(1)} ms`],
  ['Connections leaked', (run) => whole(leaksOf(run))],
  ['… taken back by the guard', ({ seen }) => whole(sumOf(seen.sightings, 'reclaimed'))],
];

/** Before and after, as measured. */
export function drawComparison(before: Run, after: Run, paint: Paint): string {
  const table = new Table({
    head: ['Under the same load', 'as written', 'mended'].map((text) => paint.bold(text)),
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const [name, read] of measures) {
    table.push([name, read(before), paint.green(read(after))]);
  }
  return table.toString();
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}
