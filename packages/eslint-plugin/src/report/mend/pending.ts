import type { TSESTree } from '@typescript-eslint/utils';
import type { Result } from '../../obligations/analysis.ts';
import { methodOf } from '../../read/member.ts';
import { bare, functionAround, isFunction } from '../../read/syntax.ts';
import { mendAwait } from './await.ts';
import type { Edit } from './edit.ts';

/** Waits for every operation that nobody waits for, so that none runs when the resource goes back. */
export function mendPending({ run, site }: Result): readonly Edit[] {
  const { found, tokens } = run;
  const home = functionAround(site.call);
  const pending = new Set<TSESTree.Node>(found.earlyReleases.keys());
  for (const base of tokens.keys()) {
    if (!('references' in base)) continue;
    for (const { identifier } of base.references) {
      const call = operationOn(identifier);
      if (call !== undefined && run.protocol.operations.has(methodOf(call)?.name ?? '')) pending.add(call);
    }
  }
  // In another function than the release, waiting would not hold the release back.
  const isHome = [...pending, ...found.earlyReleases.values()].every((node) => functionAround(node) === home);
  return isHome ? mendAwait(pending) : [];
}

/** A call of a method whose promise is dropped or returned as it is. */
function operationOn(identifier: TSESTree.Node): TSESTree.CallExpression | undefined {
  const call = outer(outer(outer(identifier).parent).parent);
  const inner = bare(call);
  if (inner.type !== 'CallExpression' || methodOf(inner)?.object !== identifier) return undefined;
  if (inner.arguments.some((argument) => isFunction(bare(argument)))) return undefined;
  const { parent } = call;
  return parent?.type === 'ExpressionStatement' || parent?.type === 'ReturnStatement' ? inner : undefined;
}

function outer(node: TSESTree.Node | undefined): TSESTree.Node {
  if (node === undefined) throw new Error('LIFEGUARD_MEND: a node outside a program.');
  let holder = node;
  while (holder.parent !== undefined && bare(holder.parent) === bare(node)) holder = holder.parent;
  return holder;
}
