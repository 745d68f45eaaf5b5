import { channel, subscribe as on, unsubscribe as off, type Channel } from 'node:diagnostics_channel';
import type { Ledger } from '../lease/ledger.ts';
import type { Lease } from '../lease/lease.ts';
import type { Evidence, NoticeType, Tell } from '../lease/notice.ts';
import { siteOf } from '../lease/site.ts';
import type { Stack } from '../lease/stack.ts';
import { eventTypes, type EventBase, type LifeguardEvent } from './event.ts';

const channels = new Map<NoticeType, Channel>(eventTypes.map((type) => [type, channel(`lifeguard:${type}`)]));

/** Makes the function with which one pool tells: it publishes on `lifeguard:<type>`, where anybody listens. */
export function publisherOf(ledger: () => Ledger): Tell {
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
    ...(isMaker(evidence) ? evidence() : evidence),
  };
}

function isMaker<E>(evidence: E | (() => E)): evidence is () => E {
  return typeof evidence === 'function';
}

function factsOf(lease: Lease): Partial<EventBase> {
  const { id, acquiredAt, scope, lastText, state, askedMs, heldMs, endedMs, ledger } = lease;
  const site = siteOf(acquiredAt);
  const nowMs = ledger.clock.now();
  const wasLent = state !== 'waiting' && state !== 'refused';
  return {
    lease: id,
    ...(site === undefined ? {} : { site }),
    ...(scope === undefined ? {} : { scope: scope.label }),
    waitedMs: (wasLent ? heldMs : nowMs) - askedMs,
    ...(wasLent ? { heldMs: (lease.isOpen ? nowMs : endedMs) - heldMs } : {}),
    ...(lastText === undefined ? {} : { lastQuery: lastText }),
  };
}

/**
 * Calls for every event, until the returned function is called.
 *
 * A listener that throws ends in `uncaughtException`, as `node:diagnostics_channel` has it, on a
 * later tick: what it listens to goes on. Here it is caught, and told as a `guard-error`.
 */
export function subscribe(listener: (event: LifeguardEvent) => void): () => void {
  const told = (message: unknown): void => {
    const event = message as LifeguardEvent;
    try {
      listener(event);
    } catch (error) {
      if (event.type !== 'guard-error') fail(event, error);
    }
  };
  for (const { name } of channels.values()) on(name, told);
  return () => {
    for (const { name } of channels.values()) off(name, told);
  };
}

function fail({ pool, type, atMs }: LifeguardEvent, error: unknown): void {
  const to = channels.get('guard-error');
  const message = error instanceof Error ? error.message : String(error);
  to?.publish({ type: 'guard-error', pool, atMs, message, during: `subscriber of ${type}` });
}
