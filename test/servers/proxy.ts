import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/**
 * What a proxy does with the bytes of a connection.
 *
 * - `pass` forwards them.
 * - `stall` forwards nothing, in neither direction, and answers no end: a peer that is half open.
 * - `cut` ends both sides in good order (FIN), as it does a connection that begins later; what still comes is dropped.
 * - `reset` ends both sides at once (RST), as it does a connection that begins later.
 * - `{ delayMs }` forwards them that much later, in each direction.
 */
export type Mode = 'pass' | 'stall' | 'cut' | 'reset' | { readonly delayMs: number };

/** A client's connection through the proxy. */
export interface Link {
  /** Counted from 1 in the order in which they begin. */
  readonly id: number;
  /** The port of the client, by which a test knows its connection. */
  readonly clientPort: number;
  readonly mode: Mode;
  /** Bytes that were forwarded. */
  readonly toServer: number;
  readonly toClient: number;
  readonly open: boolean;
  /** Leaving `stall` forwards what has waited; `cut` and `reset` are the end. */
  set(mode: Mode): void;
}

/**
 * A TCP proxy before a server, which can fail in the ways in which networks fail.
 *
 * A server that refuses shows as a reset. It takes in whatever comes: a sender that is faster than its
 * receiver is not slowed.
 */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** Every connection so far, in the order in which they began. */
  readonly links: readonly Link[];
  /** How many connections are open. */
  readonly open: number;
  /** Sets the mode of every open connection, and of those to come. */
  set(mode: Mode): void;
  /** Sets the mode of connections to come. */
  setNext(mode: Mode): void;
  /** Waits until as many connections are open. */
  untilOpen(count: number): Promise<void>;
  /** Resets what is open, and refuses from now on. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a proxy on a free port of the loopback interface before the server at `target`. */
export async function startProxy(target: { readonly host: string; readonly port: number }): Promise<Proxy> {
  const links: Pair[] = [];
  const changes = new EventEmitter().setMaxListeners(0);
  let next: Mode = 'pass';
  const isOpen = (): Pair[] => links.filter((link) => link.open);
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const link = new Pair(links.length + 1, client, createConnection({ ...target, allowHalfOpen: true }), () => changes.emit('change'));
    links.push(link);
    link.set(next);
    changes.emit('change');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const link of isOpen()) link.set('reset');
    await closed;
  };
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    links,
    get open() {
      return isOpen().length;
    },
    set: (mode) => {
      next = mode;
      for (const link of isOpen()) link.set(mode);
    },
    setNext: (mode) => void (next = mode),
    untilOpen: async (count) => {
      while (isOpen().length !== count) await once(changes, 'change');
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The two sockets of a connection. */
class Pair implements Link {
  readonly id: number;
  readonly clientPort: number;
  mode: Mode = 'pass';
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #toServer: Lane;
  readonly #toClient: Lane;

  constructor(id: number, client: Socket, server: Socket, closed: () => void) {
    this.id = id;
    this.clientPort = client.remotePort ?? 0;
    this.#client = client;
    this.#server = server;
    this.#toServer = new Lane(client, server);
    this.#toClient = new Lane(server, client);
    for (const [socket, other] of [[client, server], [server, client]] as const) {
      // A failure is told to the other side as what it is, unless the link is stalled, where nobody hears of it.
      socket.on('error', () => this.mode !== 'stall' && other.resetAndDestroy());
      socket.on('close', () => this.open || closed());
    }
  }

  get toServer(): number {
    return this.#toServer.forwarded;
  }

  get toClient(): number {
    return this.#toClient.forwarded;
  }

  /** Until both sides are gone. */
  get open(): boolean {
    return !(this.#client.destroyed && this.#server.destroyed);
  }

  set(mode: Mode): void {
    if (!this.open) return;
    this.mode = mode;
    if (mode === 'reset') for (const socket of [this.#client, this.#server]) socket.resetAndDestroy();
    else for (const lane of [this.#toServer, this.#toClient]) lane.set(waitMs(mode), mode === 'cut');
  }
}

function waitMs(mode: Exclude<Mode, 'reset'>): number {
  if (typeof mode === 'object') return mode.delayMs;
  return mode === 'stall' ? Infinity : 0;
}

/** One direction of a connection: its chunks, and its end, in their order. */
class Lane {
  forwarded = 0;
  readonly #to: Socket;
  readonly #waiting: { readonly chunk: Buffer | undefined; readonly at: number }[] = [];
  #delayMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket) {
    this.#to = to;
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('end', () => this.#take(undefined));
    from.on('close', () => this.#take(undefined));
  }

  /** @param delayMs - `Infinity`: nothing is forwarded. */
  set(delayMs: number, last: boolean): void {
    this.#delayMs = delayMs;
    if (last) this.#waiting.length = 0;
    if (last) this.#to.end();
    this.#flush();
  }

  #take(chunk: Buffer | undefined): void {
    this.#waiting.push({ chunk, at: performance.now() });
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    if (this.#delayMs === Infinity) return;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const leftMs = next.at + this.#delayMs - performance.now();
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#flush(), leftMs);
        return;
      }
      this.#waiting.shift();
      this.#forward(next.chunk);
    }
  }

  #forward(chunk: Buffer | undefined): void {
    if (!this.#to.writable) return;
    if (chunk === undefined) this.#to.end();
    else this.#to.write(chunk);
    this.forwarded += chunk?.length ?? 0;
  }
}
