import { readerOf } from '../path.ts';
import type { Irregular } from './irregular.ts';

const activeQuery = readerOf('_activeQuery');
const queued = readerOf('_queryQueue.length');
const cursorState = readerOf('state');
const cursorOf = readerOf('cursor');
const streamOf = readerOf('connection.stream');
const maxOf = readerOf('options.max');

/** pg and pg-pool. */
export const pg: Irregular = {
  driver: 'pg',

  lifecycle: { created: 'connect', destroyed: 'remove', argument: 0 },

  max(core) {
    const max = maxOf(core);
    return typeof max === 'number' ? max : undefined;
  },

  /** A cursor between two reads keeps the connection, but runs nothing. */
  isRunning(resource) {
    const query = activeQuery(resource);
    if (query === undefined || query === null) return Number(queued(resource) ?? 0) > 0;
    return cursorState(cursorOf(query) ?? query) !== 'idle';
  },

  isListening(resource) {
    return isEmitter(resource) && resource.listenerCount('notification') > 0;
  },

  /**
   * `release(true)` alone drops the count but serves the waiter only when the socket has closed,
   * which a stalled peer can put off for ever. It has to come first: it attaches the pool's own
   * `'error'` listener again.
   */
  destroy({ resource, done }) {
    if (isEmitter(resource)) resource.on('error', () => undefined);
    done?.(true);
    const stream = streamOf(resource);
    if (isDestroyable(stream)) stream.destroy();
  },

  /** A cursor or a stream is told of its failure itself. */
  failOperation(resource, [query], error) {
    if (!isSubmittable(query)) return false;
    process.nextTick(() => query.handleError(error, readerOf('connection')(resource)));
    return true;
  },
};

interface Emitter {
  on(event: string, listener: () => void): unknown;
  listenerCount(event: string): number;
}

function isEmitter(value: unknown): value is Emitter {
  return has(value, 'on') && has(value, 'listenerCount');
}

function isDestroyable(value: unknown): value is { destroy(): unknown } {
  return has(value, 'destroy');
}

function isSubmittable(value: unknown): value is { submit(): unknown; handleError(error: Error, connection: unknown): void } {
  return has(value, 'submit') && has(value, 'handleError');
}

function has(value: unknown, method: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function';
}
