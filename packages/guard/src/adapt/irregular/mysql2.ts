import { methodOf } from '../patch.ts';
import { readerOf } from '../path.ts';
import type { Irregular } from './irregular.ts';
import { call, has, isDestroyable, numberAt, onClosed, quiet, runsInMysql2 } from './shapes.ts';

const streamOf = readerOf('stream');
const poolOf = readerOf('_pool');
const queueOf = readerOf('_connectionQueue');
const connectionsOf = readerOf('_allConnections');
const lengthOf = numberAt('length');
const limitOf = numberAt('config.connectionLimit');
const configOf = readerOf('config');

/** mysql2, whose promise pool is a facade of the callback pool. */
export const mysql2: Irregular = {
  driver: 'mysql2',

  /** 0 stands for no limit. */
  max: (core) => limitOf(core) || undefined,

  /** Deprecated, and a release all the same, unless the option `gracefulEnd` makes it close. */
  endings: [{ on: 'resource', method: 'end', settles: 'callback', twice: 'ignored', destroys: () => false }],

  /** Without it `releaseConnection` takes a connection for one that was closed. */
  belonging: '_pool',

  /** The pool tells of a new connection, and of none that it closes. */
  hear(core, told) {
    const stops = new Set<() => void>();
    const watch = (connection: unknown): void => {
      const stop = onClosed(streamOf(connection), () => {
        stops.delete(stop);
        told.destroyed(connection);
      });
      stops.add(stop);
    };
    for (const connection of all(connectionsOf(core))) watch(connection);
    const connected = (connection: unknown): void => {
      told.created(connection);
      watch(connection);
    };
    call(core, 'on', 'connection', connected);
    return () => {
      call(core, 'removeListener', 'connection', connected);
      for (const stop of stops) stop();
    };
  },

  /** A waiter whose connection was destroyed is asked for again through `getConnection`. */
  lastWaiter(core) {
    const queue = queueOf(core);
    return call(queue, 'get', (lengthOf(queue) ?? 0) - 1);
  },

  isClosed: (resource) => poolOf(resource) === null,

  isRunning: runsInMysql2,

  /**
   * `destroy()` alone waits for the server where a command runs, and a socket destroyed without an
   * error never answers it. The socket comes first: its error answers the command.
   */
  destroy({ resource }) {
    quiet(resource);
    const stream = streamOf(resource);
    if (isDestroyable(stream)) stream.destroy(new Error('The connection was taken back by the guard.'));
    call(resource, 'destroy');
  },

  /** Without a callback a command is an emitter, which fails as one, if anybody listens. */
  failOperation(resource, [sql, values], error) {
    const create = methodOf(readerOf('constructor')(resource), 'createQuery');
    const command: unknown = has(sql, 'emit') ? sql : create?.call(undefined, sql, values, undefined, configOf(resource));
    if (!has(command, 'emit') || !has(command, 'listenerCount')) return undefined;
    process.nextTick(() => {
      if (Number(call(command, 'listenerCount', 'error')) > 0) call(command, 'emit', 'error', error);
      call(command, 'emit', 'end');
    });
    return command;
  },
};

/** The elements of mysql2's queue. */
function all(queue: unknown): readonly unknown[] {
  const length = lengthOf(queue) ?? 0;
  return Array.from({ length }, (_, index) => call(queue, 'get', index));
}
