import type { TSESTree } from '@typescript-eslint/utils';
import type { Module } from './module.ts';
import { bare } from './syntax.ts';
import { visitAll } from './walk.ts';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** The kinds of nodes that are asked for again and again, from one walk over the file. */
interface Nodes {
  readonly calls: readonly Call[];
  readonly ownAssignments: readonly TSESTree.AssignmentExpression[];
}

const nodesOf = new WeakMap<Module, Nodes>();

/** All calls and constructions of a module, in the order of the text. */
export function callsIn(module: Module): Nodes['calls'] {
  return (nodesOf.get(module) ?? walked(module)).calls;
}

/** The calls and constructions of a module that stand in a node, in the order of the text. */
export function callsWithin({ range: [start, end] }: TSESTree.Node, module: Module): Nodes['calls'] {
  const calls = callsIn(module);
  const first = firstFrom(start, calls);
  return calls.slice(first, firstFrom(end, calls, first));
}

/** The index of the first call that begins at a place or behind it. */
function firstFrom(place: number, calls: Nodes['calls'], from = 0): number {
  let [low, high] = [from, calls.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.range[0] ?? place) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All `this.x = …` of a module, in the order of the text. */
export function ownAssignmentsIn(module: Module): Nodes['ownAssignments'] {
  return (nodesOf.get(module) ?? walked(module)).ownAssignments;
}

/** What a host tells of its walk over a file. */
interface Listeners {
  CallExpression(node: TSESTree.CallExpression): void;
  NewExpression(node: TSESTree.NewExpression): void;
  AssignmentExpression(node: TSESTree.AssignmentExpression): void;
  'Program:exit'(): void;
}

const gathered = new WeakSet<Module>();

/**
 * Listeners that run something once a host has gone through a module.
 *
 * The first of a module gather its nodes on the way, which spares a walk of our own. Where that
 * walk was broken off, the nodes are found without it.
 */
export function afterWalk(module: Module, run: () => void): Partial<Listeners> {
  if (gathered.has(module)) return { 'Program:exit': run };
  gathered.add(module);
  const { listeners, end } = gatherer(module);
  return {
    ...listeners,
    'Program:exit'() {
      end();
      run();
    },
  };
}

function walked(module: Module): Nodes {
  const { listeners, end } = gatherer(module);
  visitAll(module.ast, (node) => {
    if (node.type === 'CallExpression') listeners.CallExpression(node);
    else if (node.type === 'NewExpression') listeners.NewExpression(node);
    else if (node.type === 'AssignmentExpression') listeners.AssignmentExpression(node);
  });
  return end();
}

function gatherer(module: Module): { readonly listeners: Omit<Listeners, 'Program:exit'>; readonly end: () => Nodes } {
  const calls: Call[] = [];
  const ownAssignments: TSESTree.AssignmentExpression[] = [];
  const addCall = (node: Call): void => {
    calls.push(node);
  };
  return {
    listeners: {
      CallExpression: addCall,
      NewExpression: addCall,
      AssignmentExpression(node) {
        const { left } = node;
        if (left.type === 'MemberExpression' && bare(left.object).type === 'ThisExpression') ownAssignments.push(node);
      },
    },
    end() {
      // Hosts and parsers differ in the order of a node's fields.
      const nodes = { calls: calls.sort(byPlace), ownAssignments: ownAssignments.sort(byPlace) };
      nodesOf.set(module, nodes);
      return nodes;
    },
  };
}

function byPlace(one: TSESTree.Node, other: TSESTree.Node): number {
  return one.range[0] - other.range[0] || other.range[1] - one.range[1];
}
