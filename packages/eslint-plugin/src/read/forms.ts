import type { Acquire, Driver } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import type { DriverAcquire } from './facts.ts';
import { methodOf } from './member.ts';
import type { Module } from './module.ts';
import { originOf, type Origin } from './origin.ts';
import { variableNamed } from './scope.ts';
import { bare, isFunction, keyName, type FunctionNode } from './syntax.ts';

/** The forms of acquire that a method of a value of proven origin has with these arguments. */
export function formsOf(
  receiver: Origin,
  method: string,
  call: TSESTree.CallExpression,
  module: Module,
): readonly Acquire[] {
  if (receiver.kind !== 'instance') return [];
  return receiver.driver.acquires.filter(
    (acquire) =>
      acquire.method === method &&
      acquire.of === receiver.type &&
      allows(acquire.modules, receiver.module) &&
      fits({ driver: receiver.driver, acquire }, call, module),
  );
}

/** The forms of acquire that calling an export of a module has. */
export function formsOfExport(
  callee: Origin,
  call: TSESTree.CallExpression,
  module: Module,
): readonly Acquire[] {
  if (callee.kind !== 'export' && callee.kind !== 'module') return [];
  const name = callee.kind === 'export' ? callee.export : 'default';
  return callee.driver.acquires.filter(
    (acquire) =>
      acquire.of === 'module' &&
      acquire.method === name &&
      allows(acquire.modules, callee.module) &&
      fits({ driver: callee.driver, acquire }, call, module),
  );
}

function allows(modules: readonly string[] | undefined, module: string | undefined): boolean {
  return modules === undefined || module === undefined || modules.includes(module);
}

/** Tells whether the arguments make a call this form of acquire. */
export function fits({ driver, acquire }: DriverAcquire, call: TSESTree.CallExpression, module: Module): boolean {
  const callbacks = call.arguments.map((argument) => isCallback(argument, module) && !isIgnored(argument, call));
  const { when } = acquire;
  if (acquire.arrives === 'callback') return callbacks.includes(true);
  if (when === undefined || when === 'callback') return true;
  if (when === 'no-callback') return !callbacks.includes(true);
  const [kind = '', name = ''] = when.split(':');
  const [first] = call.arguments;
  if (kind === 'instance') return first !== undefined && isInstance(first, name, driver, module);
  return call.arguments.some((argument) => {
    const options = bare(argument);
    return (
      options.type === 'ObjectExpression' &&
      options.properties.some((property) => property.type === 'Property' && keyName(property) === name)
    );
  });
}

function isInstance(node: TSESTree.Node, type: string, driver: Driver, module: Module): boolean {
  if (!mayBeInstance(bare(node), module)) return false;
  const origin = module.reachesAny([driver]) ? originOf(node, module) : undefined;
  if (origin?.kind === 'instance') return origin.type === type;
  const made = bare(node);
  return made.type === 'NewExpression' && made.callee.type === 'Identifier' && made.callee.name === type;
}

/** `await pool.getConnection(async (conn) => conn)`: the promise tells that nobody calls the function. */
export function isIgnored(argument: TSESTree.Node, call: TSESTree.CallExpression): boolean {
  const fn = bare(argument);
  if (!isFunction(fn) || fn.params.length > 1 || isErrFirst(fn) || call.parent.type !== 'AwaitExpression') return false;
  // `await sequelize.transaction(async (t) => …)` runs it; who is asked for a connection does not.
  return methodOf(call)?.name === 'getConnection';
}

/** Is it worth asking where a value comes from? The text of a query is no cursor. */
function mayBeInstance(node: TSESTree.Node, module: Module): boolean {
  if (node.type !== 'Identifier') return ['NewExpression', 'CallExpression', 'MemberExpression', 'AwaitExpression'].includes(node.type);
  const definition = variableNamed(node.name, node, module)?.defs[0];
  if (definition?.type !== 'Parameter') return definition !== undefined;
  return definition.name.type === 'Identifier' && definition.name.typeAnnotation != null;
}

/** Tells whether an argument is a function, or is called what callbacks are called. */
export function isCallback(argument: TSESTree.Node, module?: Module): boolean {
  const node = bare(argument);
  if (isFunction(node)) return true;
  if (module !== undefined && node.type === 'Identifier' && namesFunction(node, module)) return true;
  return node.type === 'Identifier' && /^(?:cb|callback|done|next|fn|handler)$|Callback$|^on[A-Z]/u.test(node.name);
}

/** Tells whether a name is one that the error of an err-first callback goes by. */
export function namesError(name: string): boolean {
  return /^(?:_?e|er|err|error|ex|exception|_err|_error)\d*$|(?:Err|Error|error|_err)\d*$/.test(name);
}

/** Tells whether the first parameter of a function is called what errors are called. */
export function isErrFirst(fn: FunctionNode): boolean {
  const [first] = fn.params;
  return first?.type === 'Identifier' && namesError(first.name);
}

function namesFunction(name: TSESTree.Identifier, module: Module): boolean {
  const definition = variableNamed(name.name, name, module)?.defs[0];
  if (definition?.type === 'FunctionName') return true;
  const init = definition?.type === 'Variable' ? definition.node.init : null;
  return init !== null && isFunction(bare(init));
}
