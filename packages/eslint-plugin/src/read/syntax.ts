import type { TSESTree } from '@typescript-eslint/utils';

/** The syntax of a function with a body. */
export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression;

/** The syntax of a class. */
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** Tells whether a node is a function. */
export function isFunction(node: TSESTree.Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** Tells whether a node is a class. */
export function isClass(node: TSESTree.Node): node is ClassNode {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

/** An expression without the wrappers that change nothing at run time, casts excepted. */
export function uncast(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

/** An expression without any wrapper that changes nothing at run time. */
export function bare(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSInstantiationExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

/** The text of a string literal or of a template without holes. */
export function stringOf(node: TSESTree.Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
}

/** The name under which a property, method, field or member stands; private ones keep their `#`. */
export function keyName(node: {
  readonly computed: boolean;
  readonly key: TSESTree.Node;
}): string | undefined {
  const { key } = node;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!node.computed && key.type === 'Identifier') return key.name;
  return stringOf(key);
}

/** The same, with `[Symbol.dispose]` as members are read: `@@dispose`. */
export function memberKey(node: { readonly computed: boolean; readonly key: TSESTree.Node }): string | undefined {
  const { key } = node;
  const isSymbol = node.computed && key.type === 'MemberExpression' && key.object.type === 'Identifier' && key.object.name === 'Symbol';
  return isSymbol && key.property.type === 'Identifier' ? `@@${key.property.name}` : keyName(node);
}

/** Tells whether an expression stands for «nothing yet»: `null`, `undefined`, `void 0`. */
export function isNothing(node: TSESTree.Node): boolean {
  const inner = bare(node);
  return (
    (inner.type === 'Literal' && inner.value === null && inner.raw === 'null') ||
    (inner.type === 'Identifier' && inner.name === 'undefined') ||
    (inner.type === 'UnaryExpression' && inner.operator === 'void')
  );
}

/** The node around a node; `undefined` around the program, where ESLint says `null`. */
export function parentOf(node: TSESTree.Node): TSESTree.Node | undefined {
  return node.parent ?? undefined;
}

/** The nearest function around a node, itself excluded. */
export function functionAround(node: TSESTree.Node): FunctionNode | undefined {
  let up = parentOf(node);
  while (up !== undefined && !isFunction(up)) up = parentOf(up);
  return up;
}
