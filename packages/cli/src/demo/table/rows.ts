import path from 'node:path';
import type { Finding } from '../../finding/finding.ts';
import type { Outcome } from '../../finding/outcome.ts';
import type { Sighting } from '../service/wire.ts';
import { functionAt } from './enclosing.ts';
import { type Topic, topicOfEvent, topicOfRule } from './topic.ts';

/** One thing that is wrong with the service, as the two halves tell it. */
export interface Row {
  readonly topic: Topic;
  /** The name of its file. */
  readonly file: string;
  readonly line: number;
  /** The function it is in. */
  readonly inside: string;
  readonly said: readonly Finding[];
  readonly saw: readonly Sighting[];
}

/**
 * Puts together what the linter said and what the guard saw of the same thing in the same function.
 *
 * They need not name the same line: TypeORM's query runner is acquired on one, and connected on the
 * next.
 */
export function rowsOf(outcome: Outcome, sightings: readonly Sighting[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { file, findings } of outcome.files) {
    for (const finding of findings) {
      const topic = topicOfRule(finding.rule);
      if (topic !== undefined) {
        const row = rowFor(rows, topic, file, lineToMend(finding));
        rows.set(keyOf(row), { ...row, said: [...row.said, finding] });
      }
    }
  }
  for (const sighting of sightings) {
    const topic = topicOfEvent(sighting.type);
    const { spot } = sighting;
    if (topic !== undefined && spot !== undefined) {
      const row = rowFor(rows, topic, spot.file, spot.line);
      rows.set(keyOf(row), { ...row, saw: [...row.saw, sighting] });
    }
  }
  return [...rows.values()].filter((row) => !followsFromLeak(row, rows)).sort(inOrder);
}

function rowFor(rows: ReadonlyMap<string, Row>, topic: Topic, file: string, line: number): Row {
  const inside = functionAt(file, line);
  const fresh: Row = { topic, file: path.basename(file), line, inside, said: [], saw: [] };
  return rows.get(keyOf(fresh)) ?? fresh;
}

function keyOf({ topic, file, inside }: Row): string {
  return JSON.stringify([topic, file, inside]);
}

/** A second release is mended where it stands, anything else where the connection is acquired. */
function lineToMend({ rule, line, steps }: Finding): number {
  return topicOfRule(rule) === 'second release' ? (steps.at(-1)?.line ?? line) : line;
}

/** A loop that leaks asks for its next connection while it holds the last: that is no fault of its own. */
function followsFromLeak({ topic, file, inside }: Row, rows: ReadonlyMap<string, Row>): boolean {
  return topic === 'nested checkout' && rows.has(JSON.stringify(['leak', file, inside]));
}

function inOrder(one: Row, other: Row): number {
  return one.file.localeCompare(other.file) || one.line - other.line;
}
