import type { Driver } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../read/member.ts';
import { typeFacts } from '../read/facts.ts';
import { originOf } from '../read/origin.ts';
import type { Run } from './run.ts';

/** Is it a call that the catalogue knows: an acquire, a scope or an operation of some driver? */
export function isDriverCall(run: Run, call: TSESTree.Node): boolean {
  const called = calledOf(run, call, run.module.facts.operationNames);
  if (called === undefined) return false;
  const { driver, type, method } = called;
  return (
    typeFacts(driver, type)?.operations?.includes(method) === true ||
    driver.scopes.some((scope) => scope.of === type && scope.method === method) ||
    // What is returned at once asks no server: `collection.find()`.
    driver.acquires.some((acquire) => acquire.of === type && acquire.method === method && acquire.arrives !== 'return')
  );
}

/** Is it a call on a value of some driver that only sets or reads something there: `db.collection('orders')`? */
export function isQuietCall(run: Run, call: TSESTree.Node): boolean {
  const called = calledOf(run, call, run.module.facts.infallibleNames);
  return called !== undefined && typeFacts(called.driver, called.type)?.infallible?.includes(called.method) === true;
}

/** What a call with one of these names is called on, if that is a value of a driver. */
function calledOf(
  run: Run,
  call: TSESTree.Node,
  names: ReadonlySet<string>,
): { readonly driver: Driver; readonly type: string; readonly method: string } | undefined {
  const method = methodOf(call);
  if (method === undefined || !names.has(method.name)) return undefined;
  const origin = originOf(method.object, run.module);
  return origin?.kind === 'instance' ? { driver: origin.driver, type: origin.type, method: method.name } : undefined;
}
