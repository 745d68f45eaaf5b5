import type { LifeguardEvent } from '../event/event.ts';
import { eventTypes } from '../event/event.ts';
import { subscribe } from '../event/publish.ts';
import { atLeast, check, oneOf, wrong, type Legal } from '../legal.ts';
import { describe } from './describe.ts';

/** What the console, pino, winston and most loggers have. */
export interface Logger {
  error(...args: readonly unknown[]): unknown;
  warn(...args: readonly unknown[]): unknown;
  info(...args: readonly unknown[]): unknown;
}

type EventType = LifeguardEvent['type'];

/** What `logger(to, options)` takes. */
export interface LoggerOptions {
  /**
   * What is logged. Default: all but `acquired`, `returned`, `created` and `destroyed`, which happen
   * all the time.
   */
  readonly types?: readonly EventType[];
  /** The same from the same line is logged once in this time, then with a count. Default 60,000. */
  readonly repeatAfterMs?: number;
}

const everyday: ReadonlySet<EventType> = new Set(['acquired', 'returned', 'created', 'destroyed']);
const errors: ReadonlySet<EventType> = new Set(['leaked', 'deadlock', 'exhausted', 'connection-lost', 'guard-error']);
const infos: ReadonlySet<EventType> = new Set([...everyday, 'returned-late', 'stale-discarded']);

/** So many sites are told apart; then the oldest are forgotten, and logged again. */
const mostSites = 1000;

const types: Legal = {
  words: `an array of ${oneOf(...eventTypes).words}`,
  holds: (value) => Array.isArray(value) && value.every((one) => eventTypes.some((type) => type === one)),
};

interface Seen {
  readonly sinceMs: number;
  readonly last: LifeguardEvent;
  readonly more: number;
}

/**
 * Logs what the guard tells, each event in one line.
 *
 * pino and winston get the event as fields besides; the console gets the line alone.
 *
 * @param to - Default: the console.
 * @returns Stops logging, after what was counted and not yet told.
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION`.
 */
export function logger(to: Logger = console, options: LoggerOptions = {}): () => void {
  if (['error', 'warn', 'info'].some((level) => typeof Reflect.get(to, level) !== 'function')) {
    throw wrong('to', to, 'a logger with `error`, `warn` and `info`');
  }
  check(options, { types, repeatAfterMs: atLeast(0) }, '', 'logger');
  const { repeatAfterMs = 60_000 } = options;
  const wanted = options.types ?? eventTypes.filter((type) => !everyday.has(type));
  const seen = new Map<string, Seen>();
  const write = writerOf(to);
  const stop = subscribe((event) => {
    const key = keyOf(event);
    const before = seen.get(key);
    if (before !== undefined && event.atMs - before.sinceMs < repeatAfterMs) {
      seen.set(key, { ...before, last: event, more: before.more + 1 });
      return;
    }
    seen.delete(key);
    seen.set(key, { sinceMs: event.atMs, last: event, more: 0 });
    if (seen.size > mostSites) forget();
    write(event, `${describe(event)}${before === undefined || before.more === 0 ? '' : ` (and ${before.more} more since)`}`);
  }, wanted);
  return () => {
    stop();
    for (const key of [...seen.keys()]) tellRest(key);
  };

  function forget(): void {
    const [oldest] = seen.keys();
    if (oldest !== undefined) tellRest(oldest);
  }

  function tellRest(key: string): void {
    const { last, more = 0 } = seen.get(key) ?? {};
    seen.delete(key);
    if (last !== undefined && more > 0) write(last, `${describe(last)}${more === 1 ? '' : ` (and ${more - 1} more since)`}`);
  }
}

/** What is the same for whoever reads the log: the type, the pool, the line, and what was found there. */
function keyOf(event: LifeguardEvent): string {
  const { type, pool, site, at } = event;
  const lines = [site, at].map((one) => (one === undefined ? '' : `${one.file}:${one.line}:${one.column}`));
  return [type, pool, ...lines, ...found(event)].join('\n');
}

function found(event: LifeguardEvent): readonly string[] {
  switch (event.type) {
    case 'leak-suspected':
    case 'leaked':
    case 'reclaimed':
      return [event.evidence];
    case 'stale-discarded':
      return [event.reason];
    case 'dirty-return':
      return [event.found];
    case 'alert':
      return [event.alert, event.state];
    case 'connection-lost':
      return [event.code];
    case 'guard-error':
      return [event.during, event.message];
    default:
      return [];
  }
}

function writerOf(to: Logger): (event: LifeguardEvent, line: string) => void {
  const takesFieldsFirst = typeof Reflect.get(to, 'bindings') === 'function';
  const takesFieldsLast = typeof Reflect.get(to, 'configure') === 'function';
  return (event, line) => {
    const level = errors.has(event.type) ? 'error' : infos.has(event.type) ? 'info' : 'warn';
    if (takesFieldsFirst) to[level]({ lifeguard: event }, line);
    else if (takesFieldsLast) to[level](line, { lifeguard: event });
    else to[level](line);
  };
}
