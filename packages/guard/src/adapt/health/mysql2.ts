import { runsInMysql2 } from '../irregular/shapes.ts';
import { methodOf } from '../patch.ts';
import { readerOf } from '../path.ts';
import type { OwnHealth } from './health.ts';

const fatal = readerOf('_fatalError');
const closing = readerOf('_closing');
const pool = readerOf('_pool');
const greeting = readerOf('_handshakePacket.statusFlags');
const command = readerOf('_command');
const queued = readerOf('_commands.length');

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
  /** An error is told before its command is put away. What has a callback is counted while it runs. */
  restOf(resource, running) {
    if (!runsInMysql2(resource)) return 'quiet';
    const isAnswered = running === 0 && queued(resource) === 0 && methodOf(command(resource), 'onResult') !== undefined;
    return isAnswered ? 'settling' : 'busy';
  },
  isGivenUp: isSequenceTimeout,
};

/** The `timeout` of a query, which leaves the server at work. */
export function isSequenceTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'PROTOCOL_SEQUENCE_TIMEOUT';
}
