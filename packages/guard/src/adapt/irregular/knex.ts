import { methodOf, type Method } from '../patch.ts';
import { isObject, readerOf } from '../path.ts';
import type { Irregular } from './irregular.ts';

const poolOf = readerOf('client.pool');
const poolOfClient = readerOf('pool');
const clientOf = readerOf('client');

/** knex, whose connections are lent by a pool of tarn. */
export const knex: Irregular = {
  driver: 'knex',
  core: (pool) => [poolOf(pool), poolOfClient(pool)].find(isObject),

  /**
   * A query of the builder runs through a runner, which acquires and releases by itself. A stream
   * does not end by itself, and knex releases its connection when it closes and again when it ends.
   * A transaction asks for its connection after its caller has gone on.
   */
  watchRuns(pool, patches, runs) {
    const client = [clientOf(pool), pool].find((one) => methodOf(one, 'runner') !== undefined);
    if (!isObject(client)) return;
    patches.replace(client, 'transaction', (original, ours) => function (this: unknown, ...args) {
      return runs.calledBy(ours)(() => Reflect.apply(original, this, args));
    });
    patches.replace(client, 'runner', (original) => function (this: unknown, ...args) {
      const runner = Reflect.apply(original, this, args);
      if (!isObject(runner)) return runner;
      patch(runner, 'run', (run, given) => runs.inside(() => Reflect.apply(run, runner, given)));
      patch(runner, 'stream', (stream, given) => {
        const ofRunner = clientOf(runner);
        if (isObject(ofRunner)) Reflect.set(runner, 'client', releasingOnce(ofRunner));
        return Reflect.apply(stream, runner, given);
      });
      return runner;
    });
  },
};

function patch(on: object, name: string, instead: (original: Method, args: readonly unknown[]) => unknown): void {
  const original = methodOf(on, name);
  if (original === undefined) return;
  Object.defineProperty(on, name, { value: (...args: unknown[]) => instead(original, args), configurable: true, writable: true });
}

function releasingOnce(client: object): object {
  const release = methodOf(client, 'releaseConnection');
  const released = new WeakSet<object>();
  return Object.create(client, {
    releaseConnection: {
      value(connection: unknown) {
        if (!isObject(connection) || released.has(connection)) return Promise.resolve();
        released.add(connection);
        return release?.call(client, connection);
      },
    },
  }) as object;
}
