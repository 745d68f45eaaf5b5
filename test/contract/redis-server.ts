import type { Socket } from 'node:net';
import { startServer, type LocalServer } from './local-server.ts';

/** A server that answers every command in the old protocol of Redis. */
export function startRedisServer(): Promise<LocalServer> {
  return startServer(serve);
}

function serve(socket: Socket): void {
  let pending = '';
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1');
    for (;;) {
      const [command, rest] = readCommand(pending);
      if (command === undefined) return;
      pending = rest;
      const name = command[0]?.toUpperCase();
      socket.write(name === 'PING' ? '+PONG\r\n' : name === 'INFO' ? '$0\r\n\r\n' : '+OK\r\n');
      if (name === 'QUIT') socket.end();
    }
  });
}

/** The first command of the text, and what follows it. */
function readCommand(text: string): readonly [command: readonly string[] | undefined, rest: string] {
  const count = /^\*(\d+)\r\n/u.exec(text);
  if (count === null) return [undefined, text];
  let rest = text.slice(count[0].length);
  const words: string[] = [];
  for (let index = 0; index < Number(count[1]); index += 1) {
    const size = /^\$(\d+)\r\n/u.exec(rest);
    if (size === null) return [undefined, text];
    const length = Number(size[1]);
    const start = size[0].length;
    if (rest.length < start + length + 2) return [undefined, text];
    words.push(rest.slice(start, start + length));
    rest = rest.slice(start + length + 2);
  }
  return [words, rest];
}
