import type { Evidence, NoticeType } from '../lease/notice.ts';
import type { CallSite } from '../lease/site.ts';

/** What every event tells. Events are plain objects without references to anything alive. */
export interface EventBase {
  /** The name of the pool. */
  readonly pool: string;
  /** When it happened, in ms since 1970. */
  readonly atMs: number;
  /** The lease's number, unique in the process; absent where the event is about the pool. */
  readonly lease?: number;
  /** Where the connection was acquired; absent where it is not known. */
  readonly site?: CallSite;
  /** Where the call stood that the event is about: the release, the late use. */
  readonly at?: CallSite;
  /** The label of the scope it was acquired in. */
  readonly scope?: string;
  /** How long the caller waited for the connection, in ms. */
  readonly waitedMs?: number;
  /** How long the connection was held, in ms, up to now or to its end. */
  readonly heldMs?: number;
  /** The last statement, without parameters and literals, at most 500 characters. */
  readonly lastQuery?: string;
}

/** One event of a type. */
export type EventOf<T extends NoticeType> = EventBase & Readonly<Evidence[T]> & { readonly type: T };

/** Everything that the guard tells: the closed union, by `type`. */
export type LifeguardEvent = { readonly [T in NoticeType]: EventOf<T> }[NoticeType];

/** Every type; written as an object, so that the compiler asks for all of them. */
const types: Readonly<Record<NoticeType, true>> = {
  'leak-suspected': true,
  leaked: true,
  'returned-late': true,
  reclaimed: true,
  'stale-discarded': true,
  'dirty-return': true,
  'stale-handle': true,
  'nested-acquire': true,
  deadlock: true,
  exhausted: true,
  alert: true,
  acquired: true,
  returned: true,
  created: true,
  destroyed: true,
  'connection-lost': true,
  'guard-error': true,
};

/** The types of all events. */
export const eventTypes: readonly NoticeType[] = Object.freeze(Object.keys(types).filter(isType));

function isType(name: string): name is NoticeType {
  return name in types;
}
