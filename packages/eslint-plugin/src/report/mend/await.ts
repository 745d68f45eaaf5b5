import type { TSESTree } from '@typescript-eslint/utils';
import { functionAround } from '../../read/syntax.ts';
import type { Edit } from './edit.ts';

/**
 * Inserts `await` before expressions that end a statement of their own, where the functions around
 * them may wait; nothing unless all of them can be mended.
 */
export function mendAwait(nodes: Iterable<TSESTree.Node>): readonly Edit[] {
  const edits: Edit[] = [];
  for (const node of nodes) {
    if (functionAround(node)?.async !== true) return [];
    const [start] = node.range;
    edits.push({ range: [start, start], text: 'await ' });
  }
  return edits;
}
