import type { Sighting } from '../service/wire.ts';
import type { Row } from './rows.ts';

const evidences: Readonly<Record<string, string>> = {
  collected: 'nothing could give it back any more',
  'scope-ended': 'its request was over',
  idle: 'nothing ran on it',
  held: 'held for too long',
};

const states: Readonly<Record<string, string>> = {
  transaction: 'given back inside a transaction',
  'failed-transaction': 'given back inside a failed transaction',
  busy: 'given back while a query ran',
  'open-cursor': 'given back with an open cursor',
  'timed-out-query': 'given back after a query that timed out',
};

const actions: Readonly<Record<string, string>> = {
  warned: 'warned',
  'rolled-back': 'rolled back',
  destroyed: 'destroyed',
  drained: 'waited for the query',
};

/** `1,204 ×`, before what happened so often. */
export function times(count: number): string {
  return `${count.toLocaleString('en-US')} ×`;
}

/** How often an event was told. */
export function sumOf(sightings: readonly Sighting[], type: Sighting['type']): number {
  return sightings.filter((one) => one.type === type).reduce((sum, { count }) => sum + count, 0);
}

/** What the guard saw, in a line each. */
export function sawWords({ saw }: Row): string[] {
  return merged(
    saw.map((one): [string, number] | undefined => {
      switch (one.type) {
        case 'leaked':
          return [`leaked: ${evidences[one.detail] ?? one.detail}`, one.count];
        case 'stale-handle':
          return [one.detail === '' ? 'given back again' : 'given back again, when another had it', one.count];
        case 'dirty-return':
          return [states[one.detail] ?? one.detail, one.count];
        case 'nested-acquire':
          return ['a second one asked for while one is held', one.count];
        case 'deadlock':
          return ['all holders waited for each other', one.count];
        default:
          return undefined;
      }
    }),
  );
}

/** What the guard did about it, in a line each. */
export function didWords({ saw }: Row): string[] {
  return merged(
    saw.map((one): [string, number] | undefined => {
      switch (one.type) {
        case 'reclaimed':
          return ['taken back for others', one.count];
        case 'stale-handle':
          return ['refused, with both lines in the error', one.count];
        case 'dirty-return':
          return [actions[one.action] ?? one.action, one.count];
        case 'nested-acquire':
          return ['warned', one.count];
        case 'deadlock':
          return ['failed one of them', one.count];
        default:
          return undefined;
      }
    }),
  );
}

function merged(lines: readonly ([string, number] | undefined)[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    if (line !== undefined) {
      counts.set(line[0], (counts.get(line[0]) ?? 0) + line[1]);
    }
  }
  return [...counts].map(([text, count]) => `${times(count)} ${text}`);
}
