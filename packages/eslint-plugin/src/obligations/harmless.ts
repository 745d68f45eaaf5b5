import type { TSESTree } from '@typescript-eslint/utils';
import { namesError } from '../read/forms.ts';
import { memberName, methodOf } from '../read/member.ts';
import { bare } from '../read/syntax.ts';
import { isOptionOf } from './argument.ts';

/**
 * Does a call give some connection back, whosever it is? Taking it for a failure would demand a
 * `finally` for each of two releases in a row.
 */
export function givesBack(call: TSESTree.Node): boolean {
  const method = methodOf(call);
  if (method === undefined || !returns.has(method.name) || call.type !== 'CallExpression') return false;
  // `Model.destroy({ transaction })` is a query.
  return !call.arguments.some(isOptionOf);
}

const returns: ReadonlySet<string> = new Set([
  'release', 'releaseConnection', 'destroy', 'end', 'close', 'endSession', '@@dispose', '@@asyncDispose',
]);

/** `console.error(e)`, `this.logger.warn(e)`: what logs does not fail. */
export function isLog(call: TSESTree.Node): boolean {
  const object = methodOf(call)?.object;
  const name = object?.type === 'Identifier' ? object.name : object?.type === 'MemberExpression' ? memberName(object) : undefined;
  return name !== undefined && /^(?:console|log|logger|winston)$/u.test(name);
}

/** `const [error, rows] = await to(promise)`: an error that is told does not come as an exception. */
export function tellsError(waited: TSESTree.AwaitExpression): boolean {
  const { parent } = waited;
  const call = bare(waited.argument);
  // Some function is given the promise; `Promise.all` hands its rejection on.
  if (call.type !== 'CallExpression' || !call.arguments.some((argument) => bare(argument).type === 'CallExpression')) return false;
  const object = methodOf(call)?.object;
  if (object?.type === 'Identifier' && object.name === 'Promise') return false;
  const target = parent.type === 'VariableDeclarator' ? parent.id : parent.type === 'AssignmentExpression' ? parent.left : undefined;
  return target?.type === 'ArrayPattern' && target.elements.some((element) => element?.type === 'Identifier' && namesError(element.name));
}
