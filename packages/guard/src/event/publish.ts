import { channel, subscribe as on, unsubscribe as off, type Channel } from 'node:diagnostics_channel';
import type { Ledger } from '../lease/ledger.ts';
import type { Lease } from '../lease/lease.ts';
import type { Evidence, Heard, NoticeType, Tell } from '../lease/notice.ts';
import { mask } from '../lease/mask.ts';
import { siteOf } from '../lease/site.ts';
import { lastQueryOf } from '../lease/statement.ts';
import type { Stack } from '../lease/stack.ts';
import { eventTypes, type EventBase, type LifeguardEvent } from './event.ts';

type Channels = ReadonlyMap<NoticeType, Channel>;

let made: Channels | undefined;

function allChannels(): Channels {
  return (made ??= new Map(eventTypes.map((type) => [type, channel(`lifeguard:${type}`)])));
}

/** Whether anybody listens to what every checkout would tell. */
export function heardOf(): Heard {
  const channels = allChannels();
  const nobody = { hasSubscribers: false };
  return { acquired: channels.get('acquired') ?? nobody, returned: channels.get('returned') ?? nobody };
}

/** Makes the function with which one pool tells: it publishes on `lifeguard:<type>`, where anybody listens. */
export function publisherOf(ledger: () => Ledger): Tell {
  const channels = allChannels();
  return (type, lease, evidence, at) => {
    const to = channels.get(type);
    if (to?.hasSubscribers !== true) return;
    to.publish(eventOf(ledger(), type, lease, evidence, at));
  };
}

function eventOf<T extends NoticeType>(
  ledger: Ledger,
  type: T,
  lease: Lease | undefined,
  evidence: Evidence[T] | (() => Evidence[T]),
  at: Stack | undefined,
): Readonly<Record<string, unknown>> {
  const site = siteOf(at);
  return {
    type,
    pool: ledger.name,
    atMs: ledger.clock.wall(),
    ...(lease === undefined ? {} : factsOf(lease)),
    ...(site === undefined ? {} : { at: site }),
    ...masked(isMaker(evidence) ? evidence() : evidence),
  };
}

/** What others said may hold what it must not: a message with a connection string. */
function masked(evidence: object): object {
  return 'message' in evidence && typeof evidence.message === 'string' ? { ...evidence, message: mask(evidence.message) } : evidence;
}

function isMaker<E>(evidence: E | (() => E)): evidence is () => E {
  return typeof evidence === 'function';
}

function factsOf(lease: Lease): Partial<EventBase> {
  const { id, acquiredAt, scope, state, askedMs, heldMs, endedMs, ledger } = lease;
  const site = siteOf(acquiredAt);
  const lastQuery = lastQueryOf(lease);
  const nowMs = ledger.clock.now();
  const wasLent = state !== 'waiting' && state !== 'refused';
  return {
    lease: id,
    ...(site === undefined ? {} : { site }),
    ...(scope === undefined ? {} : { scope: scope.label }),
    waitedMs: (wasLent ? heldMs : nowMs) - askedMs,
    ...(wasLent ? { heldMs: (lease.isOpen ? nowMs : endedMs) - heldMs } : {}),
    ...(lastQuery === undefined ? {} : { lastQuery }),
  };
}

/**
 * Calls for every event, until the returned function is called.
 *
 * @param types - Only these. What nobody listens to costs nothing: `acquired` and `returned`
 * are made at every checkout where somebody does. Default: all.
 * A listener that throws ends in `uncaughtException`, as `node:diagnostics_channel` has it, on a
 * later tick: what it listens to goes on. Here it is caught, and told as a `guard-error`.
 */
export function subscribe(listener: (event: LifeguardEvent) => void, types: readonly NoticeType[] = eventTypes): () => void {
  const told = (message: unknown): void => {
    const event = message as LifeguardEvent;
    try {
      listener(event);
    } catch (error) {
      if (event.type !== 'guard-error') tellFailure(event.pool, event.atMs, `subscriber of ${event.type}`, error);
    }
  };
  const names = [...new Set(types)].map((type) => `lifeguard:${type}`);
  for (const name of names) on(name, told);
  return () => {
    for (const name of names) off(name, told);
  };
}

/** Tells that a part of the guard failed which stands on no pool: a subscriber, a sink. */
export function tellFailure(pool: string, atMs: number, during: string, error: unknown): void {
  const message = mask(error instanceof Error ? error.message : String(error));
  allChannels().get('guard-error')?.publish({ type: 'guard-error', pool, atMs, message, during });
}
