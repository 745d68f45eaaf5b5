import { methodOf } from '../patch.ts';
import { isObject, readerOf } from '../path.ts';
import type { OwnHealth, Rest } from './health.ts';

/** What is read at every release, by name: a reader of any path takes several times as long. */
interface Client {
  readonly _activeQuery?: unknown;
  readonly _queryQueue?: unknown;
  /** Of a client in pipeline mode. */
  readonly _sentQueryQueue?: unknown;
  readonly readyForQuery?: unknown;
  readonly hasExecuted?: unknown;
}

const none: Client = {};
const queryable = readerOf('_queryable');
const ending = readerOf('_ending');
const cursor = readerOf('cursor');
const stateOf = readerOf('state');
const limit = readerOf('options.connectionTimeoutMillis');

/** pg and pg-pool. */
export const pg: OwnHealth = {
  driver: 'pg',

  /** `on` in a standby too, where the session may have been told otherwise only for writes that fail. */
  readOnlyQuery: 'SHOW transaction_read_only',

  isDead: (resource) => queryable(resource) === false || ending(resource) === true,

  restOf(resource) {
    const client: Client = isObject(resource) ? resource : none;
    const { _activeQuery: query, _queryQueue: queued, _sentQueryQueue: sent } = client;
    if ((query === null || query === undefined) && isEmpty(queued) && isEmpty(sent)) return restOfIdle(client);
    const queries = [query, ...listOf(queued), ...listOf(sent)].filter((one) => one !== null && one !== undefined);
    const rests = queries.map(restOfQuery);
    return rests.find((one) => one === 'open') ?? rests.find((one) => one === 'busy') ?? rests[0] ?? restOfIdle(client);
  },

  /** `'drain'` is the queue run empty, after the server was ready for the next. */
  whenQuiet(resource, told) {
    const [on, off] = [methodOf(resource, 'on'), methodOf(resource, 'removeListener')];
    const stop = (): void => {
      for (const event of ['drain', 'end']) if (off !== undefined) Reflect.apply(off, resource, [event, heard]);
    };
    const heard = (): void => {
      stop();
      told();
    };
    for (const event of ['drain', 'end']) if (on !== undefined) Reflect.apply(on, resource, [event, heard]);
    return stop;
  },

  /** `query_timeout` has no code, and leaves the server at work. */
  isGivenUp: (error) => error instanceof Error && error.message === 'Query read timeout',

  acquireLimitMs(core) {
    const limitMs = limit(core);
    return typeof limitMs === 'number' && limitMs > 0 ? limitMs : undefined;
  },

  acquireTimeout: () => new Error('timeout exceeded when trying to connect'),
};

/** A new client is lent before it has noted that the server is ready; the native one notes nothing. */
function restOfIdle({ hasExecuted, readyForQuery }: Client): Rest {
  return hasExecuted === true && readyForQuery === false ? 'settling' : 'quiet';
}

/**
 * Does a query wait for its caller? A cursor does until it is closed or read to its end, a stream of
 * COPY until it is over. What is no more than a query ends by itself.
 */
function restOfQuery(query: unknown): Rest {
  const state = stateOf(cursor(query) ?? query);
  if (typeof state === 'string') return state === 'done' || state === 'error' ? 'settling' : 'open';
  if (methodOf(query, 'pipe') === undefined) return 'busy';
  return ends.some((end) => end(query) === true) ? 'settling' : 'open';
}

const ends = ['readableEnded', 'writableFinished', 'destroyed'].map(readerOf);

function isEmpty(value: unknown): boolean {
  return !Array.isArray(value) || value.length === 0;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
