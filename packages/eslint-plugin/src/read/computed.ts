import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from './member.ts';
import type { Module } from './module.ts';
import { variableNamed } from './scope.ts';
import { bare, stringOf } from './syntax.ts';

/** Names of names of names are not followed. */
const deepest = 3;

/**
 * The names that a member may have: both of `transaction[ok ? 'commit' : 'rollback']`, and each that
 * the variable in the brackets is ever given.
 *
 * Empty where it may be called anything.
 */
export function namesOf(member: TSESTree.MemberExpression, module: Module): readonly string[] {
  const name = memberName(member);
  if (name !== undefined) return [name];
  return member.computed ? stringsOf(member.property, module) ?? [] : [];
}

/** The strings that an expression may come to; `undefined` where it may come to another. */
function stringsOf(node: TSESTree.Node, module: Module, depth = 0): readonly string[] | undefined {
  const value = bare(node);
  const text = stringOf(value);
  if (text !== undefined) return [text];
  switch (value.type) {
    case 'ConditionalExpression':
      return allOf([value.consequent, value.alternate], module, depth);
    case 'LogicalExpression':
      return allOf([value.left, value.right], module, depth);
    case 'Identifier': {
      const variable = variableNamed(value.name, value, module);
      const [definition, other] = variable?.defs ?? [];
      if (variable === undefined || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || other !== undefined || depth >= deepest) return undefined;
      const values: TSESTree.Node[] = [];
      for (const { identifier, init, writeExpr } of variable.references) {
        if (writeExpr == null) continue;
        const { parent } = identifier;
        // Not `name += …`, nor a part of a pattern.
        if (init !== true && (parent.type !== 'AssignmentExpression' || parent.operator !== '=')) return undefined;
        values.push(writeExpr);
      }
      return values.length === 0 ? undefined : allOf(values, module, depth + 1);
    }
    default:
      return undefined;
  }
}

function allOf(nodes: readonly TSESTree.Node[], module: Module, depth: number): readonly string[] | undefined {
  const all: string[] = [];
  for (const node of nodes) {
    const strings = stringsOf(node, module, depth);
    if (strings === undefined) return undefined;
    all.push(...strings);
  }
  return all;
}
