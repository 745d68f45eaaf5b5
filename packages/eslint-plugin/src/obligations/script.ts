import type { TSESTree } from '@typescript-eslint/utils';
import type { FlowRoot } from '../graph/graph.ts';
import { memberName, methodOf } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import { isFunction } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
import { variableOf } from './variable.ts';

/**
 * Is this the body of a script whose process ends with it?
 *
 * Code of the module itself, or a function that only the module's own statements call, in a file
 * that ends the process or shuts its pool down: what is lost there is lost with the process.
 */
export function isScript(root: FlowRoot, module: Module): boolean {
  if (!endsProcess(module)) return false;
  if (root.type === 'Program') return true;
  if (root.type !== 'FunctionDeclaration' || root.id === null) {
    return isFunction(root) && isImmediate(root);
  }
  if (root.parent.type !== 'Program') return false;
  const uses = variableOf(root.id, module)?.references ?? [];
  return uses.length > 0 && uses.every(({ identifier }) => isCalledByModule(identifier));
}

function isImmediate(fn: TSESTree.Node): boolean {
  return fn.parent?.type === 'CallExpression' && fn.parent.callee === fn && isCalledByModule(fn);
}

function isCalledByModule(callee: TSESTree.Node): boolean {
  if (callee.parent?.type !== 'CallExpression' || callee.parent.callee !== callee) return false;
  for (let at: TSESTree.Node | undefined = callee.parent; at != null; at = at.parent) {
    if (isFunction(at)) return false;
  }
  return true;
}

const ends = new WeakMap<Module, boolean>();

function endsProcess(module: Module): boolean {
  const known = ends.get(module);
  if (known !== undefined) return known;
  let found = false;
  let exported = false;
  visitAll(module.ast, (node) => {
    exported ||= node.type.startsWith('Export') || isCommonExport(node);
    const method = methodOf(node);
    if (method === undefined) return;
    const isProcess = method.object.type === 'Identifier' && method.object.name === 'process';
    found ||= (isProcess && method.name === 'exit') || (method.name === 'end' && /pool|db|sql/i.test(module.text.slice(...method.object.range)));
  });
  ends.set(module, found && !exported);
  return found && !exported;
}

function isCommonExport(node: TSESTree.Node): boolean {
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return false;
  const { name } = node.object;
  return name === 'exports' || (name === 'module' && memberName(node) === 'exports');
}
