import type { TSESTree } from '@typescript-eslint/utils';
import { linkOf } from '../graph/promise-link.ts';
import { methodOf } from '../read/member.ts';
import { bare, isFunction } from '../read/syntax.ts';

/**
 * What becomes of the promise of an operation: `awaited` where something waits for it, `returned`
 * where the function's caller may, `dropped` where nobody does.
 */
export type Settlement = 'awaited' | 'returned' | 'dropped' | 'unknown';

/** Follows the promise of a call through chains, `Promise.all` and `map` to where it ends. */
export function settlementOf(call: TSESTree.Node): Settlement {
  let at: TSESTree.Node = call;
  for (;;) {
    const { parent }: { parent?: TSESTree.Node | null } = at;
    if (parent == null) return 'unknown';
    if (bare(parent) === bare(at)) {
      at = parent;
      continue;
    }
    switch (parent.type) {
      case 'AwaitExpression':
        return 'awaited';
      case 'ExpressionStatement':
        return bare(at) === call ? 'dropped' : 'unknown';
      case 'UnaryExpression':
        return parent.operator === 'void' && bare(at) === call ? 'dropped' : 'unknown';
      case 'ConditionalExpression':
        if (parent.test === at) return 'unknown';
        at = parent;
        break;
      case 'LogicalExpression':
        if (parent.left === at) return 'unknown';
        at = parent;
        break;
      case 'ArrayExpression':
      case 'SpreadElement':
        at = parent;
        break;
      case 'MemberExpression': {
        const outer = parent.parent;
        if (outer.type !== 'CallExpression' || linkOf(outer)?.promise !== bare(at)) return 'unknown';
        at = outer;
        break;
      }
      case 'CallExpression':
        if (!gathers(parent)) return 'unknown';
        at = parent;
        break;
      case 'ReturnStatement':
      case 'ArrowFunctionExpression': {
        const fn = functionOf(parent);
        if (fn === undefined) return 'unknown';
        const outer = callAround(fn);
        if (outer === undefined) return 'returned';
        if (linkOf(outer) !== undefined) return 'awaited';
        const name = methodOf(outer)?.name;
        if (name !== 'map' && name !== 'flatMap') return 'unknown';
        at = outer;
        break;
      }
      default:
        return 'unknown';
    }
  }
}

/** The outermost link of the promise chain that starts with a call. */
export function chainOf(call: TSESTree.Node): TSESTree.Node {
  let at = call;
  for (;;) {
    let holder = at;
    while (holder.parent != null && bare(holder.parent) === bare(at)) holder = holder.parent;
    const outer = holder.parent?.parent;
    if (holder.parent?.type !== 'MemberExpression' || outer?.type !== 'CallExpression') return at;
    if (linkOf(outer)?.promise !== bare(at)) return at;
    at = outer;
  }
}

function gathers(call: TSESTree.CallExpression): boolean {
  const method = methodOf(call);
  return (
    method?.object.type === 'Identifier' &&
    method.object.name === 'Promise' &&
    ['all', 'allSettled', 'race', 'any'].includes(method.name)
  );
}

function functionOf(node: TSESTree.Node): TSESTree.Node | undefined {
  let at: TSESTree.Node | null | undefined = node;
  while (at != null && !isFunction(at)) at = at.parent;
  return at ?? undefined;
}

function callAround(fn: TSESTree.Node): TSESTree.CallExpression | undefined {
  let holder = fn;
  while (holder.parent != null && bare(holder.parent) === bare(fn)) holder = holder.parent;
  const call = holder.parent;
  return call?.type === 'CallExpression' && call.callee !== holder ? call : undefined;
}
