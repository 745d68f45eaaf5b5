import { methodOf, Patches } from '../patch.ts';
import { readerOf } from '../path.ts';
import type { Irregular } from './irregular.ts';
import { isDestroyable, numberAt, quiet, runsInAny, socketUnder } from './shapes.ts';

const membersOf = readerOf('_allObjects');
const resourceIn = readerOf('obj');

/** generic-pool, which lends anything: what a resource is, its shape tells. */
export const genericPool: Irregular = {
  driver: 'generic-pool',
  takers: ['isBorrowedResource'],
  refusesForeign: true,
  max: numberAt('max'),
  isRunning: runsInAny,
  socketOf: socketUnder,

  /** No event tells; the pool's own set of its resources does. */
  hear(core, told) {
    const members = membersOf(core);
    const patches = new Patches();
    if (!(members instanceof Set)) return () => undefined;
    patches.replace(members, 'add', (original) => function (this: unknown, member) {
      told.created(resourceIn(member));
      return Reflect.apply(original, this, [member]);
    });
    patches.replace(members, 'delete', (original) => function (this: unknown, member) {
      told.destroyed(resourceIn(member));
      return Reflect.apply(original, this, [member]);
    });
    return () => patches.undo();
  },

  /** The pool's own `destroy` serves the waiter at once; the factory's may wait for a peer that does not answer. */
  destroy({ resource }, core) {
    quiet(resource);
    const closed: unknown = methodOf(core, 'destroy')?.call(core, resource);
    // It may have been gone already, which is nobody's business here.
    if (closed instanceof Promise) closed.catch(() => undefined);
    const socket = socketUnder(resource);
    if (isDestroyable(socket)) socket.destroy(new Error('The resource was taken back by the guard.'));
  },
};
