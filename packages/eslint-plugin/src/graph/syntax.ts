import type { TSESTree } from '@typescript-eslint/utils';

/** An expression without the wrappers that change nothing at run time. */
export function bare(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

/** The name of a member, if it is written down; `Symbol.dispose` reads `@@dispose`. */
export function memberName(node: TSESTree.MemberExpression): string | undefined {
  const { property } = node;
  if (!node.computed) {
    return property.type === 'PrivateIdentifier' ? `#${property.name}` : property.type === 'Identifier' ? property.name : undefined;
  }
  if (property.type === 'Literal' && typeof property.value === 'string') return property.value;
  if (
    property.type === 'MemberExpression' &&
    property.object.type === 'Identifier' &&
    property.object.name === 'Symbol' &&
    property.property.type === 'Identifier'
  ) {
    return `@@${property.property.name}`;
  }
  return undefined;
}

/** The method a call calls, with its receiver; `undefined` for a plain function call. */
export function methodOf(
  call: TSESTree.Node,
): { readonly object: TSESTree.Node; readonly name: string } | undefined {
  if (call.type !== 'CallExpression') return undefined;
  const callee = bare(call.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  const name = memberName(callee);
  return name === undefined ? undefined : { object: bare(callee.object), name };
}

/** A promise link: `.then(f, g)`, `.catch(g)`, `.finally(h)`. */
export function linkOf(
  node: TSESTree.Node,
):
  | { readonly name: 'then' | 'catch' | 'finally'; readonly promise: TSESTree.Node; readonly call: TSESTree.CallExpression }
  | undefined {
  const call = bare(node);
  if (call.type !== 'CallExpression' || call.arguments.length === 0) return undefined;
  const method = methodOf(call);
  if (method === undefined) return undefined;
  const { name } = method;
  if (name !== 'then' && name !== 'catch' && name !== 'finally') return undefined;
  return { name, promise: method.object, call };
}
