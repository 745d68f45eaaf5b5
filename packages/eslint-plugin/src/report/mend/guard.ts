import type { TSESTree } from '@typescript-eslint/utils';

/** The test that a mention of the resource is part of: `if (c)`, `c != null`, `c && …`. */
export function testOf(holder: TSESTree.Node): TSESTree.Node | undefined {
  let at = holder;
  for (;;) {
    const { parent } = at;
    switch (parent?.type) {
      case 'UnaryExpression':
        if (parent.operator !== '!' && parent.operator !== 'typeof') return undefined;
        break;
      case 'BinaryExpression':
        if (!/^[!=]==?$/u.test(parent.operator)) return undefined;
        return parent;
      case 'LogicalExpression':
        if (parent.left === at && parent.operator === '&&' && parent.parent.type === 'ExpressionStatement') {
          return parent;
        }
        break;
      case 'IfStatement':
      case 'WhileStatement':
      case 'ConditionalExpression':
        return parent.test === at ? parent : undefined;
      default:
        return undefined;
    }
    at = parent;
  }
}
