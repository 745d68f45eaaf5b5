import type { TSESTree } from '@typescript-eslint/utils';
import type { Module } from './module.ts';

/** Programs nest; definitions that lead this far are not worth following. */
const deepest = 60;

let depth = 0;
let cut = 0;

type Cache<T> = WeakMap<Module, WeakMap<TSESTree.Node, T>>;
const active = new WeakMap<object, WeakSet<TSESTree.Node>>();

/**
 * Answers a question about a node once, and `otherwise` where the answer would need itself.
 *
 * What was found while such a circle was open may be incomplete: it is not remembered, so that an
 * answer never depends on the order of the questions.
 */
export function guarded<T>(
  cache: Cache<T>,
  node: TSESTree.Node,
  module: Module,
  otherwise: T,
  answer: () => T,
): T {
  const nodes = cache.get(module) ?? new WeakMap<TSESTree.Node, T>();
  cache.set(module, nodes);
  const known = nodes.get(node);
  if (known !== undefined || nodes.has(node)) return known ?? otherwise;
  const open = active.get(nodes) ?? new WeakSet<TSESTree.Node>();
  active.set(nodes, open);
  if (open.has(node) || depth >= deepest) {
    cut += 1;
    return otherwise;
  }
  const cutBefore = cut;
  open.add(node);
  depth += 1;
  try {
    const found = answer();
    if (depth === 1 || cut === cutBefore) nodes.set(node, found);
    return found;
  } finally {
    depth -= 1;
    open.delete(node);
  }
}
