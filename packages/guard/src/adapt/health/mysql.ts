import { readerOf } from '../path.ts';
import type { OwnHealth } from './health.ts';
import { isSequenceTimeout } from './mysql2.ts';

const state = readerOf('state');

/** mysql, whose pool pings by itself. */
export const mysql: OwnHealth = {
  driver: 'mysql',
  readOnlyQuery: 'SELECT @@global.read_only OR @@global.innodb_read_only',
  statusQuery: { sql: 'DO 1', path: 'serverStatus' },
  isDead: (resource) => state(resource) === 'disconnected' || state(resource) === 'protocol_error',
  isGivenUp: isSequenceTimeout,
};
