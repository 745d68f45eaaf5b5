import { contract, internal, pathIn, second } from './contract.ts';
import { oracledb as record } from '../../packages/catalogue/src/drivers/oracledb.ts';

// The package has no types.
const oracledb = internal('oracledb');
const prototypeOf = (name: string): unknown => pathIn(oracledb, `${name}.prototype`);

/** Calls a method of a connection without its inner half: what `close()` leaves behind. */
function closedTwice(method: string) {
  return () =>
    second(() => {
      const made = pathIn(oracledb, 'Connection');
      if (typeof made !== 'function') return undefined;
      const connection: unknown = Reflect.construct(made, []);
      const found = pathIn(connection, method);
      return typeof found === 'function' ? Reflect.apply(found, connection, []) : undefined;
    });
}

contract(record, {
  types: {
    Pool: () => prototypeOf('Pool'),
    Connection: () => prototypeOf('Connection'),
    ResultSet: () => prototypeOf('ResultSet'),
    Lob: () => prototypeOf('Lob'),
    QueryStream: () => pathIn(internal('oracledb/lib/queryStream.js'), 'prototype'),
  },
  twice: {
    'Connection.close': closedTwice('close'),
    'Connection.release': closedTwice('release'),
  },
});
