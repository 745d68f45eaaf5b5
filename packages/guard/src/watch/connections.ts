import { readerOf } from '../adapt/path.ts';
import type { Ledger } from '../lease/ledger.ts';
import type { Watcher } from './watcher.ts';

interface Emitter {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
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
  const heard = new WeakSet();
  /** For the drivers that do not tell when they close a connection. */
  const refs = new Set<WeakRef<object & Emitter>>();
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
  });
  return {
    name: 'connections',
    gate: emitsError ? { lent: ({ resource }) => listen(resource) } : {},
    survey() {
      if (refs.size < manyRefs) return;
      for (const ref of refs) if (ref.deref() === undefined) refs.delete(ref);
    },
    stop() {
      stopHearing();
      for (const ref of refs) ref.deref()?.removeListener('error', lost);
      refs.clear();
    },
  };

  function listen(resource: unknown): void {
    if (!isEmitter(resource) || heard.has(resource)) return;
    heard.add(resource);
    refs.add(new WeakRef(resource));
    resource.on('error', lost);
  }

  function lose(resource: unknown, error: unknown): void {
    const lease = ledger.holderOf(resource);
    ledger.failed(lease, error, resource);
    if (lease === undefined || lease.isLostConnection) return;
    lease.isLostConnection = true;
    tally.connectionsLost += 1;
    ledger.tell('connection-lost', lease, { code: codeIn(error) });
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

function isEmitter(value: unknown): value is object & Emitter {
  return typeof value === 'object' && value !== null && 'on' in value && 'removeListener' in value;
}
