import type { Socket } from 'node:net';
import { startServer, type LocalServer } from './local-server.ts';

/** A server that speaks just enough of PostgreSQL's protocol to say yes to everything. */
export function startPostgresServer(): Promise<LocalServer> {
  return startServer(serve);
}

function serve(socket: Socket): void {
  let pending: Buffer = Buffer.alloc(0);
  let started = false;
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (pending.length < head + 4) return;
      const length = pending.readInt32BE(head);
      if (pending.length < head + length) return;
      const kind = started ? String.fromCharCode(pending[0] ?? 0) : '';
      pending = pending.subarray(head + length);
      if (!started) {
        started = true;
        socket.write(Buffer.concat([message('R', int(0)), message('K', Buffer.concat([int(7), int(7)])), ready]));
      } else answer(socket, kind);
    }
  });
}

function answer(socket: Socket, kind: string): void {
  if (kind === 'Q') socket.write(Buffer.concat([message('C', text('SELECT 0')), ready]));
  if (kind === 'P') socket.write(message('1'));
  if (kind === 'B') socket.write(message('2'));
  if (kind === 'D') socket.write(Buffer.concat([message('t', Buffer.from([0, 0])), message('n')]));
  if (kind === 'E') socket.write(message('C', text('SELECT 0')));
  if (kind === 'S') socket.write(ready);
  if (kind === 'X') socket.end();
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function message(kind: string, body: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from(kind), int(body.length + 4), body]);
}

const ready = message('Z', Buffer.from('I'));
