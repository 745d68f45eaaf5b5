import { readerOf } from '../path.ts';
import type { OwnHealth } from './health.ts';

const fatal = readerOf('_fatalError');
const closing = readerOf('_closing');
const pool = readerOf('_pool');
const greeting = readerOf('_handshakePacket.statusFlags');

/** The bit of the server's status that says that every statement is committed at once. */
const autocommit = 2;

/** mysql2. */
export const mysql2: OwnHealth = {
  driver: 'mysql2',
  readOnlyQuery: 'SELECT @@global.read_only OR @@global.innodb_read_only',
  // The driver keeps no status; the answer to a statement that does nothing has it.
  statusQuery: { sql: 'DO 1', path: 'serverStatus' },
  isDead: (resource) => Boolean(fatal(resource)) || closing(resource) === true || pool(resource) === null,
  opensImplicitly(resource) {
    const status = greeting(resource);
    return typeof status === 'number' && (status & autocommit) === 0;
  },
  isGivenUp: isSequenceTimeout,
};

/** The `timeout` of a query, which leaves the server at work. */
export function isSequenceTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'PROTOCOL_SEQUENCE_TIMEOUT';
}
