import { Fault, type Lease, type World } from './world.ts';

type Callback = (error: Error | null, ...rest: readonly unknown[]) => unknown;

/** How the text uses the result of a query: not at all, as a promise, or through a callback. */
export type QueryUse = 'now' | 'later' | 'callback';

/** A connection of every driver at once: what differs between them does not matter to a leak. */
export class Connection {
  readonly lease: Lease;
  readonly #world: World;

  constructor(world: World, lease: Lease) {
    this.#world = world;
    this.lease = lease;
  }

  query(use: QueryUse, ...rest: readonly unknown[]): Promise<string> | undefined {
    const callback = rest.at(-1);
    if (use === 'callback') {
      // A call with a callback tells of its failure there; thrown at once it is a mistake in the call.
      this.#world.failAt('call');
      callBack(this.#world, callback as Callback, () => ['rows']);
      return undefined;
    }
    if (use === 'now') {
      this.#world.failAt('resource');
      return Promise.resolve('rows');
    }
    return this.#world.fails('await') ? rejected('query') : Promise.resolve('rows');
  }

  escapeLiteral(text: string): string {
    this.#world.failOn(this.lease);
    return `'${text}'`;
  }

  /** A second release is ignored, as in mysql2: what pg throws then is another rule's business. */
  release(): void {
    this.lease.ended = true;
  }

  destroy(): void {
    this.lease.ended = true;
  }
}

/** The pool of every driver at once; the line of each acquire is written into its call. */
export class Pool {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  connect(line: number, callback?: Callback): Promise<Connection> | undefined {
    if (callback) {
      this.#world.failAt('call');
      callBack(this.#world, callback, () => {
        const connection = this.#lend(line);
        return [connection, () => connection.release()];
      });
      return undefined;
    }
    if (this.#world.fails('await')) return rejected('connect');
    // The connection exists only once it arrives: an await that never ends cannot leak it.
    return Promise.resolve().then(() => this.#lend(line));
  }

  getConnection(line: number, callback?: Callback): Promise<Connection> | undefined {
    return this.connect(line, callback);
  }

  releaseConnection(connection: Connection | null | undefined): void {
    if (connection) connection.release();
    else this.#world.feasible = false;
  }

  #lend(line: number): Connection {
    return new Connection(this.#world, this.#world.lend(line));
  }
}

/**
 * Calls back later, with an error or with results. Whatever the policy the error may come, since
 * `if (err)` is an ordinary branch; the path through it counts as an exceptional one all the same.
 */
function callBack(world: World, callback: Callback, results: () => readonly unknown[]): void {
  queueMicrotask(() => {
    try {
      if (world.branch(2) === 0) return void callback(null, ...results());
      world.exceptions++;
      callback(new Fault('callback'));
    } catch (error) {
      world.crash(error);
    }
  });
}

/** Keeps a promise that nothing waits for from ending the process when it rejects. */
export function tame(promise: Promise<unknown>): Promise<unknown> {
  promise.catch(() => undefined);
  return promise;
}

export function rejected(what: string): Promise<never> {
  const promise = Promise.reject(new Fault(what));
  void tame(promise);
  return promise;
}

/** Ends the leases of the connections in a value that left the function. */
export function handOn(value: unknown): void {
  if (value instanceof Connection) value.lease.ended = true;
  else if (value && typeof value === 'object') {
    for (const part of Object.values(value)) if (part instanceof Connection) part.lease.ended = true;
  }
}
