import type { DeadlockRecord, ReportBase, ReportRecord, ReportSite, SiteRecord } from '@lifeguard/catalogue';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { relative, sep } from 'node:path';
import type { Checkouts } from '../event/checkouts.ts';
import type { EventBase, LifeguardEvent } from '../event/event.ts';
import { sourceTextOf } from '../event/source.ts';

/** The types of events of which a report keeps a record: those that point at a line to be mended. */
export const reportedTypes = [
  'leak-suspected', 'leaked', 'returned-late', 'reclaimed', 'dirty-return', 'stale-handle', 'nested-acquire', 'deadlock', 'exhausted',
] as const satisfies readonly LifeguardEvent['type'][];

const host = hostname();
const startedMs = Date.now();
let last = 0;

/** The record of an event; `undefined` for an event that points at no line. */
export function recordOf(event: LifeguardEvent, root: string): ReportRecord | undefined {
  switch (event.type) {
    case 'leak-suspected':
    case 'leaked':
      return { ...baseOf(event, root), type: event.type, evidence: event.evidence, occurrences: event.occurrences };
    case 'returned-late':
    case 'reclaimed':
      return { ...baseOf(event, root), type: event.type, evidence: event.evidence };
    case 'dirty-return':
      return { ...baseOf(event, root), type: event.type, found: event.found, action: event.action };
    case 'stale-handle':
      return { ...baseOf(event, root), type: event.type, call: event.call, ownedByAnother: event.ownedByAnother };
    case 'nested-acquire':
      return { ...baseOf(event, root), type: event.type, outer: event.outer };
    case 'deadlock':
      return { ...baseOf(event, root), type: event.type, cycle: event.cycle.map((step) => stepIn(step, root)) };
    case 'exhausted':
      return { ...baseOf(event, root), type: event.type, waiting: event.waiting, cause: event.cause };
    default:
      return undefined;
  }
}

/** The record of how often a site was passed. */
export function siteRecordOf({ pool, site }: Checkouts, checkouts: number, atMs: number, root: string): SiteRecord {
  return { ...baseOf({ pool, atMs }, root), type: 'site', site: siteIn(site, root), checkouts };
}

function baseOf({ atMs, pool, lease, site, at, scope, waitedMs, heldMs, lastQuery }: EventBase, root: string): ReportBase {
  last += 1;
  return {
    schemaVersion: 1,
    id: `${host}:${process.pid}:${startedMs}:${last}`,
    at: new Date(atMs).toISOString(),
    host,
    pid: process.pid,
    pool,
    ...(lease === undefined ? {} : { lease }),
    ...(site === undefined ? {} : { site: siteIn(site, root) }),
    ...(at === undefined ? {} : { callSite: siteIn(at, root) }),
    ...(scope === undefined ? {} : { scope }),
    ...(waitedMs === undefined ? {} : { waitedMs }),
    ...(heldMs === undefined ? {} : { heldMs }),
    ...(lastQuery === undefined ? {} : { fingerprint: lastQuery }),
  };
}

type Step = Extract<LifeguardEvent, { readonly type: 'deadlock' }>['cycle'][number];

function stepIn({ lease, heldBy, heldAt }: Step, root: string): DeadlockRecord['cycle'][number] {
  return { lease, scope: heldBy, ...(heldAt === undefined ? {} : { site: siteIn(heldAt, root) }) };
}

function siteIn(site: NonNullable<EventBase['site']>, root: string): ReportSite {
  const { file, line, column, library } = site;
  const lineHash = hashOf(file, line);
  return {
    file: relative(root, file).split(sep).join('/'),
    line,
    column,
    ...(site.function === undefined ? {} : { function: site.function }),
    ...(library === undefined ? {} : { library }),
    ...(lineHash === undefined ? {} : { lineHash }),
  };
}

/** So many lines are remembered; a program has few that leak. */
const mostLines = 1000;
const hashes = new Map<string, string | undefined>();

function hashOf(file: string, line: number): string | undefined {
  const key = `${file}:${line}`;
  if (!hashes.has(key)) {
    if (hashes.size >= mostLines) hashes.clear();
    hashes.set(key, readHash(file, line));
  }
  return hashes.get(key);
}

function readHash(file: string, line: number): string | undefined {
  const text = sourceTextOf(file)?.split('\n')[line - 1]?.trim();
  return text === undefined ? undefined : createHash('sha256').update(text).digest('hex').slice(0, 16);
}
