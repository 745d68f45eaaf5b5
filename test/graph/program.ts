import { parse } from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';
import { buildGraph } from '../../packages/eslint-plugin/src/graph/build.ts';
import type { BuildOptions } from '../../packages/eslint-plugin/src/graph/flow.ts';
import type { FlowRoot, Graph } from '../../packages/eslint-plugin/src/graph/graph.ts';
import { isFunction } from '../../packages/eslint-plugin/src/read/syntax.ts';

/** A program's text, and the graph of what it declares first: a function, a class's field or block. */
export function graphOf(text: string, more: BuildOptions = {}): Graph {
  const program = parse(text, { range: true, loc: true, comment: true, sourceType: 'module' }) as TSESTree.Program;
  setParents(program);
  return buildGraph(rootIn(program), { ...options, ...more });
}

const options: BuildOptions = {
  neverReturns(call) {
    const { callee } = call;
    if (callee.type === 'Identifier' && callee.name === 'fail') return 'throws';
    return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'exit'
      ? 'exit'
      : undefined;
  },
};

function rootIn(program: TSESTree.Program): FlowRoot {
  const [first] = program.body;
  if (first === undefined) throw new Error('The program is empty.');
  if (isFunction(first)) return first;
  if (first.type !== 'ClassDeclaration') return program;
  const member = first.body.body[0];
  if (member?.type !== 'PropertyDefinition' && member?.type !== 'StaticBlock') throw new Error('The class has neither a field nor a block.');
  return member;
}

function setParents(node: TSESTree.Node): void {
  for (const value of Object.values(node) as readonly unknown[]) {
    for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (!isNode(child) || child === node.parent) continue;
      child.parent = node;
      setParents(child);
    }
  }
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'range' in value && !('comments' in value && value.type === 'Program');
}
