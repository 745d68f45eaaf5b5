import type { TSESTree } from '@typescript-eslint/utils';
import { evaluate } from './expression.ts';
import type { Flow } from './flow.ts';
import { bare } from '../read/syntax.ts';
import { linkOf } from './promise-link.ts';

/** Appends `return argument`, or the value of an arrow without a block. */
export function leave(
  flow: Flow,
  ast: TSESTree.Node,
  argument: TSESTree.Node | null | undefined,
): void {
  const frame = flow.functionFrame();
  if (argument !== null && argument !== undefined) {
    if (linkOf(argument) !== undefined) {
      const to = flow.rejectTarget();
      flow.within({ kind: 'reject', to }, () => {
        evaluate(flow, argument);
      });
    } else {
      evaluate(flow, argument);
      if (frame?.adopts === true && mayBePromise(argument)) {
        const settle = flow.emit('settle', bare(argument));
        flow.edge(settle, flow.rejectTarget(), 'throw', 1);
      }
    }
  }
  flow.emit('return', ast, undefined, frame?.value === undefined ? {} : { value: frame.value });
  flow.goTo(flow.returnTarget());
  flow.current = undefined;
}

function mayBePromise(node: TSESTree.Node): boolean {
  const expression = bare(node);
  switch (expression.type) {
    case 'CallExpression':
    case 'NewExpression':
    case 'TaggedTemplateExpression':
      return true;
    case 'ConditionalExpression':
      return mayBePromise(expression.consequent) || mayBePromise(expression.alternate);
    case 'LogicalExpression':
      return mayBePromise(expression.right);
    default:
      return false;
  }
}
