import type { TSESTree } from '@typescript-eslint/utils';
import type { Module } from './module.ts';
import { visitAll } from './walk.ts';

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
  visitAll(module.ast, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      calls.push(node);
    } else if (node.type === 'AssignmentExpression') {
      const { left } = node;
      if (left.type === 'MemberExpression' && left.object.type === 'ThisExpression') ownAssignments.push(node);
    }
  });
  const nodes = { calls, ownAssignments };
  nodesOf.set(module, nodes);
  return nodes;
}
