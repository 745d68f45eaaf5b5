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
      connection.writeTextResult([{ version: '5.7.40', v: 1 }], [
        { catalog: 'def', schema: '', table: '', orgTable: '', name: 'version', orgName: '', characterSet: 33, columnLength: 32, columnType: 253, flags: 0, decimals: 0 },
        { catalog: 'def', schema: '', table: '', orgTable: '', name: 'v', orgName: '', characterSet: 33, columnLength: 32, columnType: 3, flags: 0, decimals: 0 },
      ]);
      nextCommand(connection);
    });
    // The library takes `SET` for a prepared statement.
    connection.on('stmt_prepare', ok);
    connection.on('stmt_execute', ok);
    connection.on('ping', ok);
    connection.on('quit', () => connection.close());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const internal: unknown = Reflect.get(server, '_server');
  const { port } = (internal as { address(): AddressInfo }).address();
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** The library's server goes on counting packets where the protocol starts anew per command. */
function nextCommand(connection: object): void {
  const reset: unknown = Reflect.get(connection, '_resetSequenceId');
  if (typeof reset === 'function') Reflect.apply(reset, connection, []);
}
