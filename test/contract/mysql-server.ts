import { createServer } from 'mysql2';
import type { AddressInfo } from 'node:net';

/** A server that speaks the protocol and answers every statement, without a database behind it. */
export async function startMysqlServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  let next = 1;
  const server = createServer(() => {});
  server.on('connection', (connection) => {
    connection.on('error', () => {});
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '5.7.40',
      connectionId: next++,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xff_ff_ff & ~0x00_00_08_00 & ~0x20,
      authCallback: (_: unknown, done: (error: null) => void) => {
        done(null);
        nextCommand(connection);
      },
    });
    const ok = (): void => {
      connection.writeOk({ affectedRows: 0 });
      nextCommand(connection);
    };
    connection.on('query', (text: string) => {
      if (!/^select/iu.test(text)) return ok();
      answer(connection);
      nextCommand(connection);
    });
    // The library takes `SET` for a prepared statement.
    connection.on('stmt_prepare', ok);
    connection.on('stmt_execute', ok);
    connection.on('ping', ok);
    connection.on('quit', () => connection.close());
  });
  await new Promise<void>((resolve) => listen(server, resolve));
  const internal: unknown = Reflect.get(server, '_server');
  const { port } = (internal as { address(): AddressInfo }).address();
  // It listens as long as the worker lives: a maker's connection may still be on its way here, and
  // a refusal would reach nobody but the process.
  (internal as { unref(): void }).unref();
  return { port, close: () => Promise.resolve() };
}

/** The library's server goes on counting packets where the protocol starts anew per command. */
function nextCommand(connection: object): void {
  const reset: unknown = Reflect.get(connection, '_resetSequenceId');
  if (typeof reset === 'function') Reflect.apply(reset, connection, []);
}

/** One row: a version for sequelize, and a number. */
function answer(connection: object): void {
  const write: unknown = Reflect.get(connection, 'writeTextResult');
  if (typeof write !== 'function') throw new Error('no writeTextResult');
  const column = { catalog: 'def', schema: '', table: '', orgTable: '', orgName: '', characterSet: 33, columnLength: 32, flags: 0, decimals: 0 };
  Reflect.apply(write, connection, [
    [{ version: '5.7.40', v: 1 }],
    [{ ...column, name: 'version', columnType: 253 }, { ...column, name: 'v', columnType: 3 }],
  ]);
}

/** Its types know a port only. */
function listen(server: object, done: () => void): void {
  const found: unknown = Reflect.get(server, 'listen');
  if (typeof found !== 'function') throw new Error('no listen');
  Reflect.apply(found, server, [0, '127.0.0.1', done]);
}
