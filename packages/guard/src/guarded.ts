/** What a guarded pool lends: the driver's own type, and disposable. */
export type Lent<R> = R & Disposable & AsyncDisposable;

/** pg: a promise without an argument, a callback with error, client and `done`. */
type Connecting<P> = P extends {
  connect(): Promise<infer C>;
  connect(callback: (error: infer E, client: infer G, done: infer D) => void): void;
}
  ? {
      connect(): Promise<Lent<C>>;
      connect(callback: (error: E, client: G extends undefined ? undefined : Lent<G>, done: D) => void): void;
    }
  : unknown;

/**
 * A guarded pool: the same object, whose acquire lends something disposable.
 *
 * The narrowed signature stands before `P`, so that overload resolution finds it first.
 */
export type Guarded<P> = Connecting<P> & P;
