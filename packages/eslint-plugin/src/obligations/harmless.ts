import type { TSESTree } from '@typescript-eslint/utils';
import { namesError } from '../read/forms.ts';
import { memberName, methodOf } from '../read/member.ts';
import { bare, functionAround, isFunction, type FunctionNode } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
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

/**
 * `new Promise((resolve) => setTimeout(resolve, 100))`: whoever cannot reject does not, if nothing throws on the spot.
 *
 * What is resolved with what a call gives may be a promise that rejects.
 */
export function onlyResolves(made: TSESTree.NewExpression): boolean {
  const [executor] = made.arguments;
  const fn = executor === undefined ? undefined : bare(executor);
  if (made.callee.type !== 'Identifier' || made.callee.name !== 'Promise' || fn === undefined || !isFunction(fn)) return false;
  const [resolve, other] = fn.params;
  if (resolve?.type !== 'Identifier' || other !== undefined) return false;
  let rejects = false;
  visitAll(fn.body, (node) => {
    const isOwn = functionAround(node) === fn;
    if (isOwn && (node.type === 'ThrowStatement' || node.type === 'AwaitExpression')) rejects = true;
    if (node.type === 'Identifier' && node.name === 'arguments') rejects = true;
    if (node.type !== 'Identifier' || node.name !== resolve.name) return;
    const { parent } = node;
    // Given to whoever calls it later, or called here with what is no promise: it adopts one.
    const isGiven = parent.type === 'CallExpression' && parent.callee !== node;
    const isCalled = parent.type === 'CallExpression' && parent.callee === node && parent.arguments.every((value) => isPlain(bare(value), fn));
    if (!isGiven && !isCalled) rejects = true;
  });
  return !rejects;
}

/** Is a value surely no promise: written down, or given to a callback in the executor? */
function isPlain(value: TSESTree.Node, executor: FunctionNode): boolean {
  switch (value.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'UnaryExpression':
    case 'BinaryExpression':
      return true;
    case 'Identifier': {
      if (value.name === 'undefined') return true;
      for (let fn = functionAround(value); fn !== undefined && fn !== executor; fn = functionAround(fn)) {
        if (fn.params.some((parameter) => parameter.type === 'Identifier' && parameter.name === value.name)) return true;
      }
      return false;
    }
    default:
      return false;
  }
}

/**
 * `const [error, rows] = await to(promise)`: an error that is told does not come as an exception.
 *
 * A plain function is given a promise and gives two values back, of which one is called an error.
 */
export function tellsError(waited: TSESTree.AwaitExpression): boolean {
  const { parent } = waited;
  const call = bare(waited.argument);
  if (call.type !== 'CallExpression' || bare(call.callee).type !== 'Identifier') return false;
  const [promise] = call.arguments;
  if (promise === undefined || bare(promise).type !== 'CallExpression') return false;
  const target = parent.type === 'VariableDeclarator' ? parent.id : parent.type === 'AssignmentExpression' ? parent.left : undefined;
  if (target?.type !== 'ArrayPattern' || target.elements.length < 2) return false;
  return target.elements.some((element) => element?.type === 'Identifier' && namesError(element.name));
}
