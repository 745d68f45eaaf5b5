import { methodOf } from '../patch.ts';
import { isObject, readerOf } from '../path.ts';
import type { OwnHealth } from './health.ts';

const socketOf = readerOf('__tests.getSocket()');
const status = readerOf('info.status');

/** The bit of the server's status that says that every statement is committed at once. */
const autocommit = 2;

/** mariadb, which lends a new wrapper of the connection each time. */
export const mariadb: OwnHealth = {
  driver: 'mariadb',
  readOnlyQuery: 'SELECT @@global.read_only OR @@global.innodb_read_only',
  connectionOf(resource) {
    const socket = socketOf(resource);
    return isObject(socket) ? socket : undefined;
  },
  isDead(resource) {
    const isValid = methodOf(resource, 'isValid');
    return isValid !== undefined && Reflect.apply(isValid, resource, []) === false;
  },
  opensOnError: true,
  opensImplicitly(resource) {
    const flags = status(resource);
    return typeof flags === 'number' && (flags & autocommit) === 0;
  },
};
