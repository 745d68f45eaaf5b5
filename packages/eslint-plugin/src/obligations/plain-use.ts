import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { linkOf } from '../graph/promise-link.ts';
import { methodOf } from '../read/member.ts';
import { functionAround } from '../read/syntax.ts';
import { iterates } from './iteration.ts';

/**
 * Does a function work with an object that it holds in a variable in ways that can be followed?
 *
 * Not where the object went elsewhere before it was opened, where a function inside may end it at any
 * time, and where a condition asks for the object's own state.
 */
export function isPlainlyUsed(variable: Scope.Variable, opening: TSESTree.Node): boolean {
  const home = functionAround(opening);
  return variable.references.every((reference) => {
    if (reference.isWriteOnly()) return true;
    const { identifier } = reference;
    if (!runsIn(identifier, home)) return false;
    const member = identifier.parent;
    if (member.type !== 'MemberExpression' || member.object !== identifier) return identifier.range[0] > opening.range[0];
    return isWorkWith(member) && !isAsked(member);
  });
}

/** Does a node stand in the function, or in one that iterates or reacts for it? */
function runsIn(node: TSESTree.Node, home: TSESTree.Node | undefined): boolean {
  for (let fn = functionAround(node); fn !== home; fn = functionAround(fn)) {
    if (fn === undefined) return false;
    if (fn.parent.type !== 'CallExpression' || fn.parent.callee === fn) return false;
    if (linkOf(fn.parent) === undefined && !iterates.has(methodOf(fn.parent)?.name ?? '')) return false;
  }
  return true;
}

/** `db.query(…)`, `db.client.query(…)`, `db.orders.count = 1`: not a part of it that is read. */
function isWorkWith(member: TSESTree.MemberExpression): boolean {
  const { parent } = member;
  if (parent.type === 'CallExpression') return parent.callee === member;
  return parent.type === 'MemberExpression' ? parent.object === member : parent.type === 'AssignmentExpression' && parent.left === member;
}

const parts: ReadonlySet<string> = new Set(['BinaryExpression', 'CallExpression', 'ChainExpression', 'LogicalExpression', 'MemberExpression', 'UnaryExpression']);

/** Is it part of a condition, without waiting: `if (db.isOpen())`? What is awaited there is data. */
function isAsked(member: TSESTree.Node): boolean {
  let at = member;
  while (at.parent != null && parts.has(at.parent.type)) {
    if (at.parent.type === 'CallExpression' && at.parent.callee !== at) return false;
    at = at.parent;
  }
  const { parent } = at;
  return parent != null && 'test' in parent && parent.test === at;
}
