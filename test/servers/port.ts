import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port of the loopback interface on which nothing listens.
 *
 * It lies below the ports that systems give to outgoing connections (from 32768, or 49152), so that it is
 * still free when its server is restarted.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 22_000);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
