import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { memberName } from './member.ts';
import type { Module } from './module.ts';
import { mentionsOf, variableNamed } from './scope.ts';
import { shapesOf, type Shape } from './shape.ts';
import { isNothing } from './syntax.ts';

/** What the file assigns to a member of a variable or global: `db.pool = …`, `global.pool ??= …`. */
export function assignedMembers(
  object: TSESTree.Identifier,
  name: string,
  module: Module,
): readonly Shape[] {
  const values = valuesOf(object, module).get(name) ?? [];
  return values.flatMap((value) => (isNothing(value) ? [] : shapesOf(value, module)));
}

type Values = ReadonlyMap<string, readonly TSESTree.Expression[]>;

const byVariable = new WeakMap<Scope.Variable, Values>();
const byGlobal = new WeakMap<Module, Map<string, Values>>();

/** Everything assigned to members of a variable or global, by member; read once for each. */
function valuesOf(object: TSESTree.Identifier, module: Module): Values {
  const variable = variableNamed(object.name, object, module);
  const globals = byGlobal.get(module) ?? new Map<string, Values>();
  byGlobal.set(module, globals);
  const known = variable === undefined ? globals.get(object.name) : byVariable.get(variable);
  if (known !== undefined) return known;
  const values = new Map<string, TSESTree.Expression[]>();
  for (const { identifier } of mentionsOf(object, module)) {
    const assigned = identifier.type === 'Identifier' ? assignmentTo(identifier) : undefined;
    if (assigned === undefined) continue;
    const list = values.get(assigned.name);
    if (list === undefined) values.set(assigned.name, [assigned.value]);
    else list.push(assigned.value);
  }
  if (variable === undefined) globals.set(object.name, values);
  else byVariable.set(variable, values);
  return values;
}

/** The value of `object.name = value`, seen from `object`. */
export function assignedTo(object: TSESTree.Node, name: string): TSESTree.Expression | undefined {
  const assigned = assignmentTo(object);
  return assigned?.name === name ? assigned.value : undefined;
}

function assignmentTo(
  object: TSESTree.Node,
): { readonly name: string; readonly value: TSESTree.Expression } | undefined {
  let held: TSESTree.Node = object;
  while (held.parent?.type === 'TSAsExpression' || held.parent?.type === 'TSNonNullExpression') held = held.parent;
  const member = held.parent;
  if (member?.type !== 'MemberExpression' || member.object !== held) return undefined;
  const assignment = member.parent;
  if (assignment.type !== 'AssignmentExpression' || assignment.left !== member) return undefined;
  const name = memberName(member);
  return name === undefined ? undefined : { name, value: assignment.right };
}
