import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../read/member.ts';
import { bare } from '../read/syntax.ts';

/** A link of a promise chain: `.then(f, g)`, `.catch(g)`, `.finally(h)`. */
export interface PromiseLink {
  readonly name: 'then' | 'catch' | 'finally';
  /** What it is called on. */
  readonly promise: TSESTree.Node;
  readonly call: TSESTree.CallExpression;
}

/** Reads a call as a link of a promise chain. */
export function linkOf(node: TSESTree.Node): PromiseLink | undefined {
  const call = bare(node);
  if (call.type !== 'CallExpression' || call.arguments.length === 0) return undefined;
  const method = methodOf(call);
  if (method === undefined) return undefined;
  const { name } = method;
  if (name !== 'then' && name !== 'catch' && name !== 'finally') return undefined;
  return { name, promise: method.object, call };
}
