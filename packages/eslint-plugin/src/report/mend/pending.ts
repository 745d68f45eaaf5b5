import type { TSESTree } from '@typescript-eslint/utils';
import type { Result } from '../../obligations/analysis.ts';
import { methodOf } from '../../read/member.ts';
import { bare, functionAround, isFunction } from '../../read/syntax.ts';
import { mendAwait } from './await.ts';
import type { Edit } from './edit.ts';

/**
 * Waits for every operation that nobody waits for, so that none runs when the resource goes back.
 *
 * Nothing where one of them cannot be waited for: the rule would speak of that one then.
 */
export function mendPending({ run, site }: Result): readonly Edit[] {
  const { found, tokens, protocol } = run;
  const home = functionAround(site.call);
  const late = new Set<TSESTree.Node>(found.earlyReleases.keys());
  const operations = new Set(late);
  for (const base of tokens.keys()) {
    if (!('references' in base)) continue;
    for (const { identifier } of base.references) {
      const call = outer(outer(outer(identifier).parent).parent);
      const inner = bare(call);
      if (methodOf(inner)?.object !== identifier) continue;
      if (protocol.operations.has(methodOf(inner)?.name ?? '')) operations.add(inner);
    }
  }
  const pending = new Set<TSESTree.Node>();
  for (const operation of operations) {
    const top = chainOf(operation);
    const { parent } = top;
    const isDropped = parent?.type === 'ExpressionStatement' || parent?.type === 'ReturnStatement';
    if (isDropped && functionAround(top) === home && !takesCallback(operation)) pending.add(top);
    else if (late.has(operation) || !isAwaited(operation, home)) return [];
  }
  // In another function than the release, waiting would not hold the release back.
  const isHome = [...found.earlyReleases.values()].every((node) => functionAround(node) === home);
  return isHome ? mendAwait(pending) : [];
}

/** The whole of `call.then(…).catch(…)`. */
function chainOf(call: TSESTree.Node): TSESTree.Node {
  let top = outer(call);
  for (;;) {
    const member = top.parent;
    if (member?.type !== 'MemberExpression' || member.object !== top) return top;
    const next = outer(outer(member).parent);
    if (bare(next).type !== 'CallExpression' || methodOf(bare(next)) === undefined) return top;
    top = next;
  }
}

function isAwaited(node: TSESTree.Node, home: TSESTree.Node | undefined): boolean {
  for (let at = node.parent; at !== undefined && !/Statement$|Declaration$/u.test(at.type); at = at.parent) {
    if (at.type === 'AwaitExpression') return functionAround(at) === home;
  }
  return false;
}

function takesCallback(node: TSESTree.Node): boolean {
  return node.type === 'CallExpression' && node.arguments.some((argument) => isFunction(bare(argument)));
}

function outer(node: TSESTree.Node | undefined): TSESTree.Node {
  if (node === undefined) throw new Error('LIFEGUARD_MEND: a node outside a program.');
  let holder = node;
  while (holder.parent !== undefined && bare(holder.parent) === bare(node)) holder = holder.parent;
  return holder;
}
