import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from './member.ts';
import type { Module } from './module.ts';
import { mentionsOf } from './scope.ts';
import { shapesOf, type Shape } from './shape.ts';
import { isNothing } from './syntax.ts';

/** What the file assigns to a member of a variable or global: `db.pool = …`, `global.pool ??= …`. */
export function assignedMembers(
  object: TSESTree.Identifier,
  name: string,
  module: Module,
): readonly Shape[] {
  return mentionsOf(object, module).flatMap(({ identifier }) => {
    const value = identifier.type === 'Identifier' ? assignedTo(identifier, name) : undefined;
    return value === undefined || isNothing(value) ? [] : shapesOf(value, module);
  });
}

/** The value of `object.name = value`, seen from `object`. */
export function assignedTo(object: TSESTree.Node, name: string): TSESTree.Expression | undefined {
  let held: TSESTree.Node = object;
  while (held.parent?.type === 'TSAsExpression' || held.parent?.type === 'TSNonNullExpression') held = held.parent;
  const member = held.parent;
  if (member?.type !== 'MemberExpression' || member.object !== held || memberName(member) !== name) {
    return undefined;
  }
  const assignment = member.parent;
  return assignment.type === 'AssignmentExpression' && assignment.left === member
    ? assignment.right
    : undefined;
}
