import { methodOf } from '../patch.ts';
import { readerOf } from '../path.ts';
import type { Irregular } from './irregular.ts';
import { isDestroyable, numberAt, quiet, runsInAny, socketUnder } from './shapes.ts';

const usedOf = readerOf('used');
const resourceIn = readerOf('resource');

/** tarn, which lends anything, and so the pool inside knex. */
export const tarn: Irregular = {
  driver: 'tarn',
  lifecycle: { created: 'createSuccess', destroyed: 'destroySuccess', argument: 1 },
  refusesForeign: true,
  max: numberAt('max'),
  isRunning: runsInAny,
  socketOf: socketUnder,

  /**
   * tarn listens to the promise that the caller has: when that is rejected it destroys the resource
   * it was about to lend and asks again, for ever, unless its own wait has ended too.
   */
  withdraw: (pending) => void methodOf(pending, 'abort')?.call(pending),

  /**
   * tarn cannot destroy what is lent: only what fails its validation, which no resource can be made
   * to do in general. So this does what tarn itself does then, with the members that its own
   * subclasses use.
   */
  destroy({ resource }, core) {
    quiet(resource);
    const used = usedOf(core);
    const index = Array.isArray(used) ? used.findIndex((one) => resourceIn(one) === resource) : -1;
    if (!Array.isArray(used) || index === -1) return;
    const [lent] = used.splice(index, 1) as readonly unknown[];
    methodOf(lent, 'settle')?.call(lent);
    methodOf(core, '_destroy')?.call(core, resource);
    methodOf(core, '_tryAcquireOrCreate')?.call(core);
    const socket = socketUnder(resource);
    if (isDestroyable(socket)) socket.destroy(new Error('The resource was taken back by the guard.'));
  },
};
