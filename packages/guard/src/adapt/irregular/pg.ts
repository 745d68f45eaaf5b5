import { readerOf } from '../path.ts';
import type { Irregular } from './irregular.ts';
import { has, isDestroyable, isEmitter, numberAt, quiet, runsInPg } from './shapes.ts';

const streamOf = readerOf('connection.stream');

/** pg and pg-pool. */
export const pg: Irregular = {
  driver: 'pg',

  lifecycle: { created: 'connect', destroyed: 'remove', argument: 0 },

  max: numberAt('options.max'),

  isRunning: runsInPg,

  isListening(resource) {
    return isEmitter(resource) && resource.listenerCount('notification') > 0;
  },

  /**
   * `release(true)` alone drops the count but serves the waiter only when the socket has closed,
   * which a stalled peer can put off for ever. It has to come first: it attaches the pool's own
   * `'error'` listener again.
   */
  destroy({ resource, done }) {
    quiet(resource);
    done?.(true);
    const stream = streamOf(resource);
    if (isDestroyable(stream)) stream.destroy();
  },

  releasedTwice: () => new Error('Release called on client which has already been released to the pool.'),

  /** A cursor or a stream is told of its failure itself. */
  failOperation(resource, [query], error) {
    if (!isSubmittable(query)) return undefined;
    process.nextTick(() => query.handleError(error, readerOf('connection')(resource)));
    return query;
  },
};

function isSubmittable(value: unknown): value is { submit(): unknown; handleError(error: Error, connection: unknown): void } {
  return has(value, 'submit') && has(value, 'handleError');
}
