import { once } from 'node:events';
import { createConnection } from 'node:net';
import { describe, expect } from 'vitest';
import { lives } from './life.ts';
import { isRedisHere, startRedis } from './redis.ts';

describe.skipIf(!(await isRedisHere()))('a Redis', () => {
  lives(startRedis, async (server, limitMs) => {
    const socket = createConnection(server.port, server.host);
    try {
      socket.setEncoding('utf8').write(`AUTH ${server.password}\r\nPING\r\nQUIT\r\n`);
      socket.setTimeout(limitMs, () => socket.destroy(new Error('no answer')));
      let answer = '';
      socket.on('data', (text: string) => (answer += text));
      await once(socket, 'end');
      expect(answer).toBe('+OK\r\n+PONG\r\n+OK\r\n');
    } finally {
      socket.destroy();
    }
  });
});
