import { methodOf } from '../patch.ts';
import { readerOf } from '../path.ts';

/** Whatever emits events. */
export interface Emitter {
  on(event: string, listener: () => void): unknown;
  once(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
  listenerCount(event: string): number;
}

export function isEmitter(value: unknown): value is Emitter {
  return has(value, 'on') && has(value, 'listenerCount');
}

export function isDestroyable(value: unknown): value is { destroy(error?: Error): unknown } {
  return has(value, 'destroy');
}

export function has(value: unknown, method: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function';
}

/** Calls a method that may not exist. */
export function call(on: unknown, method: string, ...args: readonly unknown[]): unknown {
  const found = methodOf(on, method);
  return found === undefined ? undefined : Reflect.apply(found, on, args);
}

/** Where the drivers keep the socket: pg · mysql2 · mariadb · tedious · mysql. */
const sockets = ['connection.stream', 'stream', '__tests.getSocket()', 'socket', '_socket'].map(readerOf);

/** The network socket under the connection of any driver; `undefined` where none is seen. */
export function socketUnder(resource: unknown): unknown {
  for (const read of sockets) {
    const found = read(resource);
    if (isEmitter(found) && isDestroyable(found)) return found;
  }
  return undefined;
}

/** Keeps what is about to be closed from ending the process with an `'error'` that nobody hears. */
export function quiet(resource: unknown): void {
  if (isEmitter(resource)) resource.on('error', () => undefined);
}

const activeOfPg = readerOf('_activeQuery');
const queuedOfPg = readerOf('_queryQueue.length');
const cursorState = readerOf('state');
const cursorOf = readerOf('cursor');
const commandOfMysql2 = readerOf('_command');
const queuedOfMysql2 = readerOf('_commands.length');

/** Does a connection of pg run something? A cursor between two reads keeps the connection, but runs nothing. */
export function runsInPg(resource: unknown): boolean {
  const query = activeOfPg(resource);
  if (query === undefined || query === null) return Number(queuedOfPg(resource) ?? 0) > 0;
  return cursorState(cursorOf(query) ?? query) !== 'idle';
}

/** Does a connection of mysql2 run something? */
export function runsInMysql2(resource: unknown): boolean {
  const command = commandOfMysql2(resource);
  return (command !== undefined && command !== null) || Number(queuedOfMysql2(resource) ?? 0) > 0;
}

/** The same for what a pool of anything lends; `undefined` where it is not known. */
export function runsInAny(resource: unknown): boolean | undefined {
  if (queuedOfPg(resource) !== undefined) return runsInPg(resource);
  return queuedOfMysql2(resource) === undefined ? undefined : runsInMysql2(resource);
}

const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Makes a reader of a number. */
export function numberAt(path: string): (from: unknown) => number | undefined {
  const read = readerOf(path);
  return (from) => numberIn(read(from));
}

/** Tells once when the socket of a connection has closed, until the returned function is called. */
export function onClosed(socket: unknown, told: () => void): () => void {
  if (!isEmitter(socket)) return () => undefined;
  socket.once('close', told);
  return () => void socket.removeListener('close', told);
}
