import type { TSESTree } from '@typescript-eslint/utils';
import { branch } from './condition.ts';
import { evaluate } from './expression.ts';
import type { Flow } from './flow.ts';
import { statement } from './statement.ts';

type Loop =
  | TSESTree.ForStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.WhileStatement
  | TSESTree.DoWhileStatement;

/** Appends a loop; its back edge closes the circle, the walk finds the fixed point. */
export function loop(flow: Flow, node: Loop, labels: readonly string[]): void {
  const head = flow.node('join', node);
  const start = flow.node('join', node.body);
  const next = flow.node('join', node);
  const done = flow.node('join', node);
  const inside = (): void => {
    flow.current = start;
    flow.within({ kind: 'jump', labels, plain: true, breakTo: done, continueTo: next }, () => {
      statement(flow, node.body);
    });
    flow.goTo(next);
    flow.current = next;
  };
  switch (node.type) {
    case 'WhileStatement':
      flow.goTo(head);
      flow.current = head;
      branch(flow, node.test, start, done);
      inside();
      flow.goTo(head);
      break;
    case 'DoWhileStatement':
      flow.goTo(start);
      inside();
      branch(flow, node.test, start, done);
      break;
    case 'ForStatement':
      if (node.init?.type === 'VariableDeclaration') statement(flow, node.init);
      else evaluate(flow, node.init);
      flow.goTo(head);
      flow.current = head;
      if (node.test === null) flow.goTo(start);
      else branch(flow, node.test, start, done);
      inside();
      evaluate(flow, node.update);
      flow.goTo(head);
      break;
    default: {
      evaluate(flow, node.right);
      flow.goTo(head);
      flow.current = head;
      const waits = node.type === 'ForOfStatement' && node.await;
      const test = flow.emit('test', node, waits ? 1 : undefined);
      flow.edge(test, done, 'false');
      const bound = flow.node('bind', node.left, { value: node.right });
      flow.edge(test, bound, 'true');
      flow.edge(bound, start);
      inside();
      flow.goTo(head);
    }
  }
  flow.current = done;
}
