import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../read/syntax.ts';

/** A replacement of a range of the text. */
interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
}

/** Inserts `await` before an expression, where the function around it may wait. */
export function mendAwait(node: TSESTree.Node): Edit | undefined {
  let at: TSESTree.Node | undefined = node.parent;
  while (at !== undefined && !isFunction(at)) at = at.parent;
  if (at === undefined || !at.async) return undefined;
  return { range: [node.range[0], node.range[0]], text: 'await ' };
}
