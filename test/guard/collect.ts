import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FakeClock } from './clock.ts';

setFlagsFromString('--expose-gc');
const gc: unknown = runInNewContext('gc');

/** Lets the sweep register what is open, the garbage collector take what is unreachable, and the sweep hear of it. */
export async function collect(clock: FakeClock): Promise<void> {
  if (typeof gc !== 'function') throw new Error('This Node does not expose its garbage collector.');
  for (let round = 0; round < 3; round += 1) {
    clock.pass(1000);
    // What an await still holds is let go of in a later task.
    await new Promise((resolve) => setImmediate(resolve));
    Reflect.apply(gc, undefined, []);
    await new Promise((resolve) => setImmediate(resolve));
  }
  clock.pass(1000);
}
