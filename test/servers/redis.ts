import { unprivileged } from './account.ts';
import { makeFolder } from './folder.ts';
import { freePort } from './port.ts';
import { findProgram, type Program } from './program.ts';
import { type Command, Server } from './server.ts';

const password = 'a-secret-of-redis';

/** A Redis that runs for one test file, and how to reach it. */
export class RedisServer extends Server {
  readonly host = '127.0.0.1';
  readonly password = password;
  readonly port: number;

  constructor(port: number, command: Command) {
    super(command);
    this.port = port;
  }
}

const daemon: Program = { names: ['redis-server', 'valkey-server'], package: 'redis-server' };

/** Whether a Redis can be started here; see {@link findProgram} for what happens when none can. */
export async function isRedisHere(): Promise<boolean> {
  return (await findProgram(daemon)) !== undefined;
}

/**
 * Starts a Redis of its own on a free port, which writes nothing to the disk.
 *
 * @throws Error when there is none (ask {@link isRedisHere} first), and with its output when it does not start.
 */
export async function startRedis(): Promise<RedisServer> {
  const file = await findProgram(daemon);
  if (file === undefined) throw new Error('There is no Redis here.');
  const account = unprivileged();
  const folder = makeFolder('redis', account, 'KILL');
  try {
    const port = await freePort();
    const server = new RedisServer(port, {
      file,
      arguments: ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder.path, '--save', '', '--requirepass', password],
      account,
      folder,
      ready: /Ready to accept connections/u,
      stopSignal: 'SIGTERM',
    });
    await server.start();
    return server;
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
