import type { TSESTree } from '@typescript-eslint/utils';
import { evaluate } from './expression.ts';
import type { Flow } from './flow.ts';
import type { FlowNode } from './graph.ts';
import { bare } from '../read/syntax.ts';

/** Evaluates a condition and goes one of two ways. */
export function branch(flow: Flow, node: TSESTree.Node, yes: FlowNode, no: FlowNode): void {
  const expression = bare(node);
  if (expression.type === 'UnaryExpression' && expression.operator === '!') {
    branch(flow, expression.argument, no, yes);
    return;
  }
  if (expression.type === 'LogicalExpression' && expression.operator !== '??') {
    const right = flow.node('join', expression.right);
    if (expression.operator === '&&') branch(flow, expression.left, right, no);
    else branch(flow, expression.left, yes, right);
    flow.current = right;
    branch(flow, expression.right, yes, no);
    return;
  }
  if (expression.type === 'Literal') {
    flow.goTo(expression.value ? yes : no);
    flow.current = undefined;
    return;
  }
  evaluate(flow, node);
  const test = flow.emit('test', expression);
  flow.edge(test, yes, 'true');
  flow.edge(test, no, 'false');
  flow.current = undefined;
}

/** Evaluates the second operand only where the first says so: `&&`, `||`, `??` and the like. */
export function shortCircuit(
  flow: Flow,
  operator: '&&' | '||' | '??',
  left: TSESTree.Node,
  right: () => void,
): void {
  const rest = flow.node('join', left);
  const done = flow.node('join', left);
  if (operator === '&&') branch(flow, left, rest, done);
  else branch(flow, left, done, rest);
  flow.current = rest;
  right();
  flow.goTo(done);
  flow.current = done;
}
