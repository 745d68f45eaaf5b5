import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, methodOf } from '../read/member.ts';
import { bare, isClass, parentOf } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
import { isReleaseName, isReleaser } from './mention.ts';
import type { Run } from './run.ts';

/**
 * Is a field that was given the resource released, or handed on, by any code of its class?
 *
 * A class that extends another, or is extended, may do so where we cannot see it: then yes.
 */
export function isFieldReleased(run: Run, assignment: TSESTree.AssignmentExpression): boolean {
  const target = bare(assignment.left);
  const name = target.type === 'MemberExpression' ? memberName(target) : undefined;
  let owner: TSESTree.Node | undefined = assignment;
  while (owner !== undefined && !isClass(owner)) owner = parentOf(owner);
  if (owner === undefined || name === undefined || owner.superClass !== null) return true;
  let released = false;
  visitAll(owner, (node) => {
    if (node.type !== 'MemberExpression' || memberName(node) !== name) return;
    if (bare(node.object).type !== 'ThisExpression' || node === target) return;
    released ||= isReleasedAt(run, node);
  });
  return released;
}

function isReleasedAt(run: Run, node: TSESTree.MemberExpression): boolean {
  let holder: TSESTree.Node = node;
  while (holder.parent != null && bare(holder.parent) === node) holder = holder.parent;
  const use = holder.parent;
  if (use?.type !== 'MemberExpression') {
    // Read for anything but a call on it, it may go anywhere; assigned, it is overwritten.
    return use?.type !== 'AssignmentExpression' || use.left !== holder;
  }
  const method = memberName(use);
  const called = use.parent.type === 'CallExpression' && methodOf(use.parent)?.name === method;
  if (method === undefined || !called) return true;
  return isReleaseName(run, method) || isReleaser(method);
}
