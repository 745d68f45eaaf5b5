import { isObject } from '../adapt/path.ts';
import type { Health } from '../adapt/health/index.ts';
import type { Ledger } from '../lease/ledger.ts';
import { expiryOf } from './lifetime.ts';

/** What is remembered of a connection from one lease to the next. */
export interface Past {
  /** When it is too old to be lent. */
  readonly expiresMs: number;
  /** What it goes through, where the driver shows it. */
  readonly socket: object | undefined;
  /** Since when nobody has had it. */
  freeMs: number;
  /** The generation in which it last worked. */
  proven: number;
  /** Nobody has had it yet. */
  isNew: boolean;
}

/** What is remembered of the connections of a pool. */
export class Pasts {
  readonly #ledger: Ledger;
  readonly #health: Health;
  readonly #pasts = new WeakMap<object, Past>();

  constructor(ledger: Ledger, health: Health) {
    this.#ledger = ledger;
    this.#health = health;
  }

  /** `undefined` where the resource cannot be told from others. */
  of(resource: unknown): Past | undefined {
    const connection = this.#health.connectionOf(resource);
    return connection && this.#pasts.get(connection);
  }

  /** Begins to remember a connection, which is trusted: it was made now, or was in use before the guard was. */
  begin(resource: unknown, proven: number): Past | undefined {
    const connection = this.#health.connectionOf(resource);
    if (connection === undefined) return undefined;
    const { clock, adapter, options } = this.#ledger;
    const nowMs = clock.now();
    const socket = adapter.socketOf(resource);
    const past = {
      expiresMs: expiryOf(options.maxLifetimeMs, nowMs),
      socket: isObject(socket) ? socket : undefined,
      freeMs: nowMs,
      proven,
      isNew: true,
    };
    this.#pasts.set(connection, past);
    return past;
  }
}

/** Is a connection known to be closed, without asking the server? */
export function isClosed({ socket }: Past): boolean {
  return socket !== undefined && (Reflect.get(socket, 'destroyed') === true || Reflect.get(socket, 'writable') === false);
}
