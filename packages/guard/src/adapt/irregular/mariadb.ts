import { readerOf } from '../path.ts';
import type { Irregular } from './irregular.ts';
import { call, isDestroyable, onClosed } from './shapes.ts';

const socketOf = readerOf('__tests.getSocket()');
const rawSocketOf = readerOf('getSocket()');
const threadOf = readerOf('threadId');
const argumentsOf = readerOf('getConnection.length');

/** mariadb: the two APIs have pools with the same members. */
export const mariadb: Irregular = {
  driver: 'mariadb',

  /** A callback is mandatory in the one, and does not exist in the other. */
  fits(pool, type) {
    if (!type.endsWith('Pool')) return true;
    return (argumentsOf(pool) === 1) === (type === 'CallbackPool');
  },

  /**
   * `destroy()` alone, while a command runs, opens a second connection to send a `KILL`, and nobody
   * handles its failure (connection.js of 3.5.4): what is destroyed because the network failed would
   * end the process. A socket that fails is taken out of the pool, and its commands are told at once.
   */
  destroy({ resource }) {
    const socket = socketOf(resource) ?? rawSocketOf(resource);
    if (isDestroyable(socket)) socket.destroy(new Error('The connection was taken back by the guard.'));
    setImmediate(call, resource, 'destroy');
  },

  /**
   * The pool tells of a new connection, a little late, and of none that it closes. It lends a new
   * object at each checkout, so that the connection itself is listened to, which it hands to `acquire`.
   */
  hear(core, told) {
    const stops = new Map<unknown, () => void>();
    const watch = (connection: unknown): void => {
      const id = threadOf(connection);
      if (stops.has(id)) return;
      const lost = (error: unknown): void => told.lost?.(connection, error);
      const closed = (): void => {
        if (!stops.has(id)) return;
        stop();
        told.destroyed(connection);
      };
      const stop = (): void => {
        stops.delete(id);
        stopSocket();
        call(connection, 'removeListener', 'error', lost);
        call(connection, 'removeListener', 'end', closed);
      };
      const stopSocket = onClosed(socketOf(connection) ?? rawSocketOf(connection), closed);
      call(connection, 'on', 'error', lost);
      call(connection, 'on', 'end', closed);
      stops.set(id, stop);
    };
    const connected = (connection: unknown): void => {
      told.created(connection);
      watch(connection);
    };
    call(core, 'on', 'connection', connected);
    call(core, 'on', 'acquire', watch);
    return () => {
      call(core, 'removeListener', 'connection', connected);
      call(core, 'removeListener', 'acquire', watch);
      for (const stop of stops.values()) stop();
    };
  },
};
