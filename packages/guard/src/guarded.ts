/** What a guarded pool lends where giving back is done at once: the driver's own type, and disposable. */
export type Lent<R> = R extends object ? R & Disposable & AsyncDisposable : R;

/** The same where giving back takes its time, so that only `await using` can wait for it. */
export type LentAsync<R> = R extends object ? R & AsyncDisposable : R;

/** pg: a promise without an argument, or a callback with error, client and `done`. */
type Connecting<P> = P extends {
  connect(): Promise<infer C>;
  connect(callback: (error: infer E, client: infer G, done: infer D) => void): void;
}
  ? {
      connect(): Promise<Lent<C>>;
      connect(callback: (error: E, client: Lent<G>, done: D) => void): void;
    }
  : unknown;

/** generic-pool: a promise, and `pool.release(resource)` is one too. */
type AcquiringAsync<P> = P extends {
  acquire(priority?: number): Promise<infer R>;
  release(resource: infer _R): Promise<void>;
}
  ? { acquire(priority?: number): Promise<LentAsync<R>> }
  : unknown;

/** tarn: an object that holds the promise and can be aborted. */
type AcquiringPending<P> = P extends { acquire(): infer O }
  ? O extends { promise: Promise<infer R> }
    ? { acquire(): { promise: Promise<Lent<R>> } & O }
    : unknown
  : unknown;

/**
 * A guarded pool: the same object, whose acquire lends something disposable. What mysql2 and
 * mariadb lend is disposable already.
 *
 * The narrowed signatures stand before `P`, so that overload resolution finds them first.
 */
export type Guarded<P> = Connecting<P> & AcquiringAsync<P> & AcquiringPending<P> & P;
