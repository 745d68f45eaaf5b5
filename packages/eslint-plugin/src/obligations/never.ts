import type { TSESTree } from '@typescript-eslint/utils';
import { functionOf } from '../read/callee.ts';
import { methodOf } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import { bare, type FunctionNode } from '../read/syntax.ts';
import { returnedBy } from '../read/walk.ts';

/** Does a call never return, because the process ends or because all it does is throw? */
export function neverReturns(
  call: TSESTree.CallExpression,
  module: Module,
  names: readonly string[],
): 'exit' | 'throws' | undefined {
  const method = methodOf(call);
  if (method?.object.type === 'Identifier' && method.object.name === 'process') {
    return method.name === 'exit' || method.name === 'abort' ? 'exit' : undefined;
  }
  const callee = bare(call.callee);
  if (names.length > 0 && names.includes(module.text.slice(...callee.range))) return 'throws';
  const isStatement = call.parent.type === 'ExpressionStatement' || call.parent.type === 'ReturnStatement';
  if (!isStatement || callee.type !== 'Identifier') return undefined;
  const target = functionOf(callee, module);
  return target === undefined ? undefined : onlyThrows(target.fn);
}

function onlyThrows(fn: FunctionNode): 'exit' | 'throws' | undefined {
  if (fn.async || fn.generator || fn.body.type !== 'BlockStatement') return undefined;
  const last = fn.body.body.at(-1);
  if (last === undefined || returnedBy(fn).length > 0) return undefined;
  if (last.type === 'ThrowStatement') return 'throws';
  if (last.type !== 'ExpressionStatement') return undefined;
  const method = methodOf(last.expression);
  const exits = method?.object.type === 'Identifier' && method.object.name === 'process' && method.name === 'exit';
  return exits ? 'exit' : undefined;
}
