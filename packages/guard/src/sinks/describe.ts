import type { LifeguardEvent } from '../event/event.ts';
import { placeOf } from '../place.ts';

type Exhausted = Extract<LifeguardEvent, { readonly type: 'exhausted' }>;
type HolderGroup = Exhausted['holders'][number];
type DeadlockStep = Extract<LifeguardEvent, { readonly type: 'deadlock' }>['cycle'][number];

/** An event in one line, for people; an exhausted pool has a line more for each group of holders. */
export function describe(event: LifeguardEvent): string {
  const groups = event.type === 'exhausted' ? event.holders.map(showGroup) : [];
  return [`lifeguard: ${event.pool}: ${sentenceOf(event)}${detailsOf(event)}`, ...groups].map(inOneLine).join('\n');
}

/** A label that comes from a request may hold what would begin a line of its own, or colour the terminal. */
function inOneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}

const evidences = {
  collected: 'nothing that could give it back is reachable any more',
  'scope-ended': 'its scope has ended',
  idle: 'it has run nothing for too long',
  held: 'it has been held for too long',
} as const;

const discards = {
  'dead-socket': 'its socket was dead',
  'ping-failed': 'it did not pass a ping',
  'ping-timeout': 'it did not answer a ping in time',
  'too-old': 'it was too old',
  'read-only': 'its server takes no writes any more',
  shutdown: 'its server is shutting down',
} as const;

const finds = {
  transaction: 'in an open transaction',
  'failed-transaction': 'in a failed transaction',
  busy: 'while it was busy',
  'open-cursor': 'with an open cursor or stream',
  'timed-out-query': 'with a query that was given up',
} as const;

const actions = { warned: 'left as it is', 'rolled-back': 'rolled back', destroyed: 'destroyed', drained: 'kept until it was done' } as const;

const alerts = {
  utilisation: (share: number) => `${Math.round(share * 100)} % of the connections are lent`,
  wait: (ms: number) => `an acquire waits for ${duration(ms)}`,
  exhaustion: (count: number) => `${count} wait while all connections are lent`,
} as const;

function sentenceOf(event: LifeguardEvent): string {
  switch (event.type) {
    case 'leak-suspected':
      return `a connection may have leaked: ${evidences[event.evidence]}${times(event.occurrences)}`;
    case 'leaked':
      return `a connection has leaked: ${evidences[event.evidence]}${times(event.occurrences)}`;
    case 'returned-late':
      return 'a connection came back after the alarm, which is withdrawn';
    case 'reclaimed':
      return `a leaked connection was destroyed, so that the pool replaces it: ${evidences[event.evidence]}`;
    case 'stale-discarded':
      return `a connection was discarded before it was handed out: ${discards[event.reason]}, idle for ${duration(event.idleMs)}`;
    case 'dirty-return':
      return `a connection came back ${finds[event.found]}, and was ${actions[event.action]}`;
    case 'stale-handle':
      return `\`${event.call}\` was called on a connection that had been ${event.state}${event.ownedByAnother ? ', and is somebody else’s by now' : ''}`;
    case 'nested-acquire':
      return `a connection was asked for while lease ${event.outer} of the same scope was held${event.outerSite === undefined ? '' : ` from ${placeOf(event.outerSite)}`}; with less than ${event.safeMax} connections such scopes can block each other`;
    case 'deadlock':
      return `holders wait for each other: ${event.cycle.map(showStep).join('; ')}`;
    case 'exhausted':
      return `the pool is exhausted: ${event.waiting} waiting, the oldest for ${duration(event.waitedMs)}; ${event.cause}. ${event.advice}`;
    case 'alert':
      return `${event.state === 'raised' ? 'alert' : 'all clear'}: ${alerts[event.alert](event.value)}`;
    case 'connection-lost':
      return `a connection was lost while it was held: ${event.code}`;
    case 'guard-error':
      return `the guard failed in ${event.during}, and the application went on: ${event.message}`;
    case 'acquired':
    case 'returned':
      return `a connection was ${event.type}`;
    case 'created':
    case 'destroyed':
      return `a connection was ${event.type}${event.serverId === undefined ? '' : `: ${event.serverId}`}`;
  }
}

function showStep({ scope, pool, heldBy, lease, heldAt }: DeadlockStep): string {
  return `${scope} waits for ${pool}, of which ${heldBy} holds lease ${lease}${heldAt === undefined ? '' : ` from ${placeOf(heldAt)}`}`;
}

function showGroup({ count, site, ageMs, doing, lastQuery }: HolderGroup): string {
  const from = site === undefined ? '' : ` from ${placeOf(site)}`;
  return `  ${count} held${from}, ${doing}, up to ${duration(ageMs)}${lastQuery === undefined ? '' : `: ${lastQuery}`}`;
}

function times(occurrences: number): string {
  return occurrences === 1 ? '' : ` (${occurrences} times at this line)`;
}

function detailsOf({ site, at, scope, heldMs, lastQuery }: LifeguardEvent): string {
  const details = [
    site === undefined ? undefined : `acquired at ${placeOf(site)}`,
    at === undefined ? undefined : `called at ${placeOf(at)}`,
    scope === undefined ? undefined : `in ${scope}`,
    heldMs === undefined ? undefined : `held for ${duration(heldMs)}`,
    lastQuery === undefined ? undefined : `last SQL: ${lastQuery}`,
  ].filter((detail) => detail !== undefined);
  return details.length === 0 ? '' : ` · ${details.join(' · ')}`;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${round(ms / 1000)} s`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
