import { methodOf } from '../patch.ts';
import { readerOf } from '../path.ts';
import type { Irregular } from './irregular.ts';
import { onClosed } from './shapes.ts';

const socketOf = readerOf('__tests.getSocket()');
const argumentsOf = readerOf('getConnection.length');

/** mariadb: the two APIs have pools with the same members. */
export const mariadb: Irregular = {
  driver: 'mariadb',

  /** A callback is mandatory in the one, and does not exist in the other. */
  fits(pool, type) {
    if (!type.endsWith('Pool')) return true;
    return (argumentsOf(pool) === 1) === (type === 'CallbackPool');
  },

  /** The pool tells of a new connection, a little late, and of none that it closes. */
  hear(core, told) {
    const stops = new Set<() => void>();
    const connected = (connection: unknown): void => {
      told.created(connection);
      const stop = onClosed(socketOf(connection), () => {
        stops.delete(stop);
        told.destroyed(connection);
      });
      stops.add(stop);
    };
    const [on, off] = [methodOf(core, 'on'), methodOf(core, 'removeListener')];
    if (on === undefined || off === undefined) return () => undefined;
    Reflect.apply(on, core, ['connection', connected]);
    return () => {
      Reflect.apply(off, core, ['connection', connected]);
      for (const stop of stops) stop();
    };
  },
};
