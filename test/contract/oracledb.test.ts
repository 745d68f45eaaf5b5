import oracledb from 'oracledb';
import { oracledb as record } from '../../packages/catalogue/src/drivers/oracledb.ts';
import { contract, internal, pathIn, second } from './contract.ts';

/** A connection without its inner half: what `close()` leaves behind. */
function closed(): oracledb.Connection {
  const connection: unknown = Reflect.construct(oracledb.Connection, []);
  if (!(connection instanceof oracledb.Connection)) throw new Error('no connection');
  return connection;
}

contract(record, {
  types: {
    Pool: () => oracledb.Pool.prototype,
    Connection: () => oracledb.Connection.prototype,
    ResultSet: () => oracledb.ResultSet.prototype,
    Lob: () => oracledb.Lob.prototype,
    QueryStream: () => pathIn(internal('oracledb/lib/queryStream.js'), 'prototype'),
  },
  twice: {
    'Connection.close': () => second(() => closed().close()),
    'Connection.release': () => second(() => closed().release()),
  },
});
