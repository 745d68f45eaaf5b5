import { methodOf } from '../patch.ts';
import { readerOf } from '../path.ts';

interface Shape {
  /** The name of the record, and of its type. */
  readonly name: string;
  readonly of: string;
  readonly fits: (resource: unknown) => boolean;
}

const queueOfPg = readerOf('_queryQueue');
const queueOfMysql2 = readerOf('_commands');
const protocolOfMysql = readerOf('_protocol');

function pings(resource: unknown): boolean {
  return methodOf(resource, 'ping') !== undefined;
}

/** The connections that are known by their members, wherever they come from. */
export const shapes: readonly Shape[] = [
  { name: 'pg', of: 'PoolClient', fits: (resource) => Array.isArray(queueOfPg(resource)) },
  { name: 'mysql2', of: 'PoolConnection', fits: (resource) => queueOfMysql2(resource) !== undefined && pings(resource) },
  { name: 'mysql', of: 'PoolConnection', fits: (resource) => protocolOfMysql(resource) !== undefined && pings(resource) },
];
