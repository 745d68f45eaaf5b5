import type { TSESTree } from '@typescript-eslint/utils';
import { bare } from './syntax.ts';

/** The name of a member, if it is written down; `Symbol.dispose` reads `@@dispose`. */
export function memberName(node: TSESTree.MemberExpression): string | undefined {
  const { property } = node;
  if (!node.computed) {
    if (property.type === 'PrivateIdentifier') return `#${property.name}`;
    return property.type === 'Identifier' ? property.name : undefined;
  }
  if (property.type === 'Literal') {
    return typeof property.value === 'string' || typeof property.value === 'number'
      ? String(property.value)
      : undefined;
  }
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
  if (call.callee.type === 'Identifier') return undefined;
  const callee = call.callee.type === 'MemberExpression' ? call.callee : bare(call.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  const name = memberName(callee);
  if (name === undefined) return undefined;
  const { object } = callee;
  return { object: object.type === 'Identifier' ? object : bare(object), name };
}

/** The last name of what is called: `connect` of `db.pool.connect()`, `acquire` of `acquire()`. */
export function calleeName(call: TSESTree.CallExpression | TSESTree.NewExpression): string | undefined {
  const callee = bare(call.callee);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? memberName(callee) : undefined;
}
