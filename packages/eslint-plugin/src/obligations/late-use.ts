import type { TSESTree } from '@typescript-eslint/utils';
import { linkOf } from '../graph/promise-link.ts';
import { bare, isFunction } from '../read/syntax.ts';
import { within, type Run } from './run.ts';
import type { State } from './state.ts';

/** Takes note of a use of what has gone back. */
export function noteLateUse(run: Run, { releasedBy }: State, use: TSESTree.Node): void {
  if (releasedBy !== undefined && !isLater(releasedBy, use)) run.found.lateUses.set(use, releasedBy);
}

/** `client.query(a).then(() => client.release()); client.query(b);`: nobody waits for the chain, so what stands behind it runs first. */
function isLater(release: TSESTree.Node, use: TSESTree.Node): boolean {
  let isReaction = false;
  for (let at: TSESTree.Node | undefined = release; at !== undefined && !within(use, at); at = at.parent) {
    if (isFunction(at) && at.parent.type === 'CallExpression' && linkOf(at.parent) !== undefined) isReaction = true;
    if (isReaction && at.type === 'ExpressionStatement' && linkOf(floatingIn(at)) !== undefined) return true;
  }
  return false;
}

function floatingIn({ expression }: TSESTree.ExpressionStatement): TSESTree.Node {
  const inner = bare(expression);
  return inner.type === 'UnaryExpression' && inner.operator === 'void' ? inner.argument : inner;
}
