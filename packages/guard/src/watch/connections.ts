import { readerOf } from '../adapt/path.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import type { Watcher } from './watcher.ts';

interface Emitter {
  prependListener(event: string, listener: (...args: unknown[]) => void): unknown;
  removeListener(event: string, listener: (...args: unknown[]) => void): unknown;
}

const codeOf = readerOf('code');

/** From here on it is worth looking which of them are gone. */
const manyRefs = 64;

/**
 * Tells of connections that are made, closed, and lost while somebody holds them.
 *
 * A connection whose socket breaks emits `'error'`, which ends the process where nobody listens, as
 * nobody does while it is lent. One listener per connection, for its whole life, costs a checkout
 * nothing.
 */
export function connections(ledger: Ledger): Watcher {
  const { adapter, tally } = ledger;
  const emitsError = adapter.acquires.some(({ lends }) => lends.facts.emitsError === true);
  // Of what a pool of anything lends, a connection is what has a socket.
  const mayEmit = emitsError || adapter.acquires.some(({ lends }) => lends.isOpaque);
  const heard = new WeakSet<object>();
  /** For the drivers that do not tell when they close a connection. */
  const refs = new Set<WeakRef<Emitter>>();
  /** From so many on, those of closed connections are looked for. */
  let most = manyRefs;
  function lost(this: unknown, error: unknown): void {
    ledger.contain('connection-lost', () => lose(this, error));
  }
  const stopHearing = adapter.onLifecycle({
    created(resource) {
      tally.connectionsCreated += 1;
      ledger.tell('created', undefined, () => identity(resource));
    },
    destroyed(resource) {
      tally.connectionsDestroyed += 1;
      ledger.tell('destroyed', undefined, () => identity(resource));
    },
    lost: (resource, error) => ledger.contain('connection-lost', () => lose(resource, error)),
  });
  return {
    name: 'connections',
    gate: mayEmit ? { lent: ({ resource }) => listen(resource) } : {},
    survey() {
      if (refs.size < most) return;
      for (const ref of refs) if (ref.deref() === undefined) refs.delete(ref);
      most = Math.max(manyRefs, refs.size * 2);
    },
    stop() {
      stopHearing();
      for (const ref of refs) ref.deref()?.removeListener('error', lost);
      refs.clear();
    },
  };

  function listen(resource: unknown): void {
    if (typeof resource !== 'object' || resource === null || heard.has(resource) || !isEmitter(resource)) return;
    heard.add(resource);
    if (!emitsError && adapter.socketOf(resource) === undefined) return;
    refs.add(new WeakRef(resource));
    // The driver's own listener may drop the connection, and with it a lease that is lent bare.
    resource.prependListener('error', lost);
  }

  function lose(resource: unknown, error: unknown): void {
    const lease = ledger.holderOf(resource) ?? holderOfSame(adapter.serverIdOf(resource));
    ledger.failed(lease, error, resource);
    if (lease === undefined || lease.isLostConnection) return;
    lease.isLostConnection = true;
    tally.connectionsLost += 1;
    ledger.tell('connection-lost', lease, { code: codeIn(error) });
  }

  /** mariadb has a new object for a connection at each checkout; the server's number stays. */
  function holderOfSame(serverId: string | number | undefined): Lease | undefined {
    if (serverId === undefined) return undefined;
    for (const lease of ledger.open) if (adapter.serverIdOf(lease.resource) === serverId) return lease;
    return undefined;
  }

  function identity(resource: unknown): { serverId?: string | number } {
    const serverId = adapter.serverIdOf(resource);
    return serverId === undefined ? {} : { serverId };
  }
}

/** The driver's code, or the name of the error where it gave none. */
function codeIn(error: unknown): string {
  const code = codeOf(error);
  if (typeof code === 'string' || typeof code === 'number') return String(code);
  return error instanceof Error ? error.name : 'unknown';
}

function isEmitter(value: object): value is Emitter {
  return 'prependListener' in value && 'removeListener' in value;
}
