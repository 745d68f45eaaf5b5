import type { TSESTree } from '@typescript-eslint/utils';
import type { FlowRoot } from '../graph/graph.ts';
import { linkOf } from '../graph/promise-link.ts';
import { bare, isFunction } from '../read/syntax.ts';
import { isExecutor } from './callback-step.ts';

/**
 * The function in which an acquire is owed.
 *
 * The innermost one around it; but a reaction of a promise chain, the executor of a `new Promise`
 * and a function called where it stands are part of the function around them.
 */
export function homeOf(node: TSESTree.Node): FlowRoot {
  let at: TSESTree.Node = node;
  for (;;) {
    const { parent }: { parent?: TSESTree.Node } = at;
    if (parent == null) {
      if (at.type === 'Program') return at;
      throw new Error('LIFEGUARD_HOME: a node outside a program.');
    }
    if (parent.type === 'Program' || parent.type === 'StaticBlock') return parent;
    const isField = parent.type === 'PropertyDefinition' || parent.type === 'AccessorProperty';
    if (isField && parent.value === at) return parent;
    if (isFunction(parent) && !isPartOfCaller(parent)) return parent;
    at = parent;
  }
}

function isPartOfCaller(fn: TSESTree.Node): boolean {
  let holder: TSESTree.Node = fn;
  while (holder.parent != null && bare(holder.parent) === fn) holder = holder.parent;
  const call = holder.parent;
  if (call === undefined) return false;
  if (call.type === 'NewExpression') return isExecutor(call);
  return call.type === 'CallExpression' && bare(call.callee) !== fn && linkOf(call) !== undefined;
}
