import type { Irregular } from './irregular.ts';
import { call, isDestroyable, numberAt, quiet, runsInAny, socketUnder } from './shapes.ts';

/** Sequelize, whose connection manager lends the connections of pg, mysql2 and others. */
export const sequelize: Irregular = {
  driver: 'sequelize',
  max: numberAt('pool.maxSize'),
  isRunning: runsInAny,
  socketOf: socketUnder,

  /** The manager counts it as gone at once, and may then wait for a peer that does not answer. */
  destroy({ resource }, core) {
    quiet(resource);
    const closed = call(core, 'destroyConnection', resource);
    if (closed instanceof Promise) closed.catch(() => undefined);
    const socket = socketUnder(resource);
    if (isDestroyable(socket)) socket.destroy(new Error('The connection was taken back by the guard.'));
  },
};
