import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from './member.ts';
import type { Module } from './module.ts';
import { formsOf, formsOfExport } from './forms.ts';
import { originOf, type Origin } from './origin.ts';
import { isFunction, type FunctionNode } from './syntax.ts';
import { originOfAwait } from './call.ts';

/** The origin of a parameter of a function that is given to a call of a driver. */
export function originOfParameter(
  fn: FunctionNode,
  index: number,
  module: Module,
): Origin | undefined {
  const call = fn.parent;
  if (call.type !== 'CallExpression' || !call.arguments.some((argument) => argument === fn)) return undefined;
  const method = methodOf(call);
  const receiver = method === undefined ? undefined : originOf(method.object, module);
  if (method?.name === 'then' && receiver?.kind === 'promise') {
    return call.arguments[0] === fn && index === 0 ? originOfAwait(receiver) : undefined;
  }
  const lent = receiver === undefined || method === undefined ? undefined : lentBy(receiver, method.name, fn, index, call, module);
  if (lent !== undefined) return lent;
  const callee = originOf(call.callee, module);
  const form =
    callee === undefined ? undefined : formsOfExport(callee, call, module).find(({ callback }) => callback?.resource === index);
  if (form === undefined || (callee?.kind !== 'export' && callee?.kind !== 'module')) return undefined;
  return { kind: 'instance', driver: callee.driver, type: form.gives, module: callee.module, proof: 'import' };
}

function lentBy(
  receiver: Origin,
  method: string,
  fn: FunctionNode,
  index: number,
  call: TSESTree.CallExpression,
  module: Module,
): Origin | undefined {
  if (receiver.kind !== 'instance') return undefined;
  const form = formsOf(receiver, method, call, module).find(({ callback }) => callback?.resource === index);
  if (form !== undefined) return { ...receiver, type: form.gives };
  if (index !== 0) return undefined;
  const scope = receiver.driver.scopes.find((one) => {
    if (one.of !== receiver.type || one.method !== method || one.lends === undefined) return false;
    const given = one.callback === undefined || one.callback < 0 ? call.arguments.findLast(isFunction) : call.arguments[one.callback];
    return given === fn || (isFunction(fn) && call.arguments.filter(isFunction).length === 1);
  });
  return scope?.lends === undefined ? undefined : { ...receiver, type: scope.lends };
}
