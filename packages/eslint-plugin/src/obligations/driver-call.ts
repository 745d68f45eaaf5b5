import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../read/member.ts';
import { typeFacts } from '../read/facts.ts';
import { originOf } from '../read/origin.ts';
import type { Run } from './run.ts';

/** Is it a call that the catalogue knows: an acquire, a scope or an operation of some driver? */
export function isDriverCall(run: Run, call: TSESTree.Node): boolean {
  const method = methodOf(call);
  if (method === undefined || !run.module.facts.operationNames.has(method.name)) return false;
  const origin = originOf(method.object, run.module);
  if (origin?.kind !== 'instance') return false;
  const { driver, type } = origin;
  return (
    typeFacts(driver, type)?.operations?.includes(method.name) === true ||
    driver.scopes.some((scope) => scope.of === type && scope.method === method.name) ||
    // What is returned at once asks no server: `collection.find()`.
    driver.acquires.some((acquire) => acquire.of === type && acquire.method === method.name && acquire.arrives !== 'return')
  );
}

/** Is it a call on a value of some driver that only sets or reads something there: `db.collection('orders')`? */
export function isQuietCall(run: Run, call: TSESTree.Node): boolean {
  const method = methodOf(call);
  if (method === undefined || !run.module.facts.infallibleNames.has(method.name)) return false;
  const origin = originOf(method.object, run.module);
  if (origin?.kind !== 'instance') return false;
  return typeFacts(origin.driver, origin.type)?.infallible?.includes(method.name) === true;
}
