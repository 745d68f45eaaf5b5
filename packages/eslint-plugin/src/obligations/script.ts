import type { TSESTree } from '@typescript-eslint/utils';
import type { FlowRoot } from '../graph/graph.ts';
import { memberName, methodOf } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import { callsIn } from '../read/nodes.ts';
import { emitterMethods } from '../read/protocol.ts';
import { globalReferences } from '../read/scope.ts';
import { functionAround, isFunction } from '../read/syntax.ts';
import { variableOf } from './variable.ts';

/**
 * Is this the body of a script whose process ends with it?
 *
 * Code of the module itself, or a function that only the module's own statements call, in a file
 * that ends the process or shuts its pool down: what is lost there is lost with the process.
 */
export function isScript(root: FlowRoot, module: Module): boolean {
  return isRunByModule(root, module) && endsProcess(module);
}

/** Is it the module's own code, or a function that only its own statements call? */
export function isRunByModule(root: FlowRoot, module: Module): boolean {
  if (root.type === 'Program') return true;
  const name = nameAtTop(root);
  if (name === undefined) return isFunction(root) && isImmediate(root);
  const uses = variableOf(name, module)?.references.filter(({ init }) => init !== true) ?? [];
  return uses.length > 0 && uses.every(({ identifier }) => isCalledByModule(identifier));
}

/** The name that the module's own statements give a function: `function main() {}`, `const main = async () => {}`. */
function nameAtTop(root: FlowRoot): TSESTree.Identifier | undefined {
  const { parent } = root;
  if (root.type === 'FunctionDeclaration') return parent?.type === 'Program' && root.id !== null ? root.id : undefined;
  const isNamed = parent?.type === 'VariableDeclarator' && parent.init === root && parent.parent.parent.type === 'Program';
  return isNamed && parent.id.type === 'Identifier' ? parent.id : undefined;
}

function isImmediate(fn: TSESTree.Node): boolean {
  return fn.parent?.type === 'CallExpression' && fn.parent.callee === fn && isCalledByModule(fn);
}

function isCalledByModule(callee: TSESTree.Node): boolean {
  if (callee.parent?.type !== 'CallExpression' || callee.parent.callee !== callee) return false;
  return functionAround(callee.parent) === undefined;
}

const ends = new WeakMap<Module, boolean>();

function endsProcess(module: Module): boolean {
  const known = ends.get(module);
  if (known !== undefined) return known;
  const does = !isImported(module) && callsIn(module).some((call) => {
    const method = methodOf(call);
    if (method === undefined) return false;
    const isExit = method.name === 'exit' && method.object.type === 'Identifier' && method.object.name === 'process' && !isForSignal(call, module);
    return isExit || (method.name === 'end' && /pool|db|sql/i.test(module.text.slice(...method.object.range)));
  });
  ends.set(module, does);
  return does;
}

/** Is it the end that a server comes to when it is told to: part of a listener of the process? */
function isForSignal(node: TSESTree.Node, module: Module): boolean {
  for (let fn = functionAround(node); fn !== undefined; fn = functionAround(fn)) {
    const names = fn.type === 'FunctionDeclaration' && fn.id !== null ? variableOf(fn.id, module)?.references.map(({ identifier }) => identifier) : undefined;
    if ((names ?? [fn]).some(isListener)) return true;
  }
  return false;
}

function isListener(node: TSESTree.Node): boolean {
  const call = node.parent;
  const method = call?.type === 'CallExpression' && call.callee !== node ? methodOf(call) : undefined;
  return method?.object.type === 'Identifier' && method.object.name === 'process' && emitterMethods.has(method.name);
}

/** Does it export something, so that others may run its functions too? */
function isImported(module: Module): boolean {
  return (
    module.ast.body.some(({ type }) => type.startsWith('Export')) ||
    globalReferences('exports', module).length > 0 ||
    globalReferences('module', module).some(({ identifier }) => isCommonExport(identifier.parent))
  );
}

function isCommonExport(node: TSESTree.Node): boolean {
  return node.type === 'MemberExpression' && memberName(node) === 'exports';
}
