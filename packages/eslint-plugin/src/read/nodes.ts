import type { TSESTree } from '@typescript-eslint/utils';
import type { Module } from './module.ts';
import { isNode, visitAll } from './walk.ts';

/** The kinds of nodes that are asked for again and again, from one walk over the file. */
interface Nodes {
  readonly calls: readonly (TSESTree.CallExpression | TSESTree.NewExpression)[];
  readonly ownAssignments: readonly TSESTree.AssignmentExpression[];
}

const nodesOf = new WeakMap<Module, Nodes>();

/** All calls and constructions of a module, in the order of the text. */
export function callsIn(module: Module): Nodes['calls'] {
  return (nodesOf.get(module) ?? collect(module)).calls;
}

/** All `this.x = …` of a module, in the order of the text. */
export function ownAssignmentsIn(module: Module): Nodes['ownAssignments'] {
  return (nodesOf.get(module) ?? collect(module)).ownAssignments;
}

function collect(module: Module): Nodes {
  const calls: (TSESTree.CallExpression | TSESTree.NewExpression)[] = [];
  const ownAssignments: TSESTree.AssignmentExpression[] = [];
  goThrough(module, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      calls.push(node);
    } else if (node.type === 'AssignmentExpression') {
      const { left } = node;
      if (left.type === 'MemberExpression' && left.object.type === 'ThisExpression') ownAssignments.push(node);
    }
  });
  // Hosts and parsers differ in the order of a node's fields.
  calls.sort(byPlace);
  ownAssignments.sort(byPlace);
  const nodes = { calls, ownAssignments };
  nodesOf.set(module, nodes);
  return nodes;
}

function byPlace(one: TSESTree.Node, other: TSESTree.Node): number {
  return one.range[0] - other.range[0] || other.range[1] - one.range[1];
}

/** Visits all nodes of a file; along the host's steps where it has them, which spares finding the way. */
function goThrough(module: Module, visit: (node: TSESTree.Node) => void): void {
  if (module.steps === undefined) {
    visitAll(module.ast, visit);
    return;
  }
  for (const { phase, target } of module.steps) if (phase === 1 && isNode(target)) visit(target);
}
