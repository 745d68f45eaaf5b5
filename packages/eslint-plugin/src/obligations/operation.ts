import type { TSESTree } from '@typescript-eslint/utils';
import { emitterMethods } from '../read/protocol.ts';
import { stringOf } from '../read/syntax.ts';

/**
 * What a call does with a resource, by the name of its method; `on:event` where it listens, and
 * `commit` or `rollback` where that is written as a statement.
 */
export function operationOf(call: TSESTree.CallExpression | TSESTree.NewExpression, method: string): string {
  const text = stringOf(call.arguments[0]);
  if (text === undefined) return method;
  if (emitterMethods.has(method)) return `on:${text}`;
  if (/^\s*(?:commit|end)\b/iu.test(text)) return 'commit';
  return /^\s*rollback\b/iu.test(text) ? 'rollback' : method;
}
