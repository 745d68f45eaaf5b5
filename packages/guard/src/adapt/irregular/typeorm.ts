import { methodOf } from '../patch.ts';
import { isObject, readerOf } from '../path.ts';
import type { Irregular } from './irregular.ts';

const masterOf = readerOf('driver.master');
const poolOf = readerOf('driver.pool');

function coreOf(source: object): object | undefined {
  return [masterOf(source), poolOf(source)].find(isObject);
}

/** TypeORM, whose connections are lent by a pool of pg or mysql2, which it has once it is initialised. */
export const typeorm: Irregular = {
  driver: 'typeorm',
  core: coreOf,
  fits: (source, type) => type !== 'DataSource' || coreOf(source) !== undefined,

  /** A query runner asks for its connection when it needs one; whoever made the runner is to give it back. */
  watchRuns(source, patches, runs) {
    patches.replace(source, 'createQueryRunner', (original, ours) => function (this: unknown, ...args) {
      const runner = Reflect.apply(original, this, args);
      const connect = methodOf(runner, 'connect');
      if (!isObject(runner) || connect === undefined) return runner;
      const forCaller = runs.calledBy(ours);
      const value = (...given: unknown[]): unknown => forCaller(() => Reflect.apply(connect, runner, given));
      Object.defineProperty(runner, 'connect', { value, configurable: true, writable: true });
      return runner;
    });
  },
};
