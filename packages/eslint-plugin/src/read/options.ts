import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from './member.ts';
import type { Module } from './module.ts';
import { mentionsOf } from './scope.ts';
import { shapesOf } from './shape.ts';
import { bare, keyName } from './syntax.ts';

/** What an options argument says about one option. */
export type OptionState =
  /** It is set, to an expression. */
  | { readonly kind: 'set'; readonly value: TSESTree.Node }
  | { readonly kind: 'absent' }
  /** It may be set where we do not see it: a spread, a variable, a function's result. */
  | { readonly kind: 'unseen' };

const unseen: OptionState = { kind: 'unseen' };

/** Looks up an option, `pool.max` in nested objects, in an options argument. */
export function optionIn(
  argument: TSESTree.Node | undefined,
  option: string,
  module: Module,
): OptionState {
  if (argument === undefined) return { kind: 'absent' };
  const [key = '', ...rest] = option.split('.');
  const object = objectOf(argument, module);
  if (object === undefined) return unseen;
  for (const property of object.properties.toReversed()) {
    if (property.type === 'SpreadElement') return unseen;
    const name = keyName(property);
    if (name === undefined) return unseen;
    if (name === key) {
      return rest.length === 0
        ? { kind: 'set', value: property.value }
        : optionIn(property.value, rest.join('.'), module);
    }
  }
  return { kind: 'absent' };
}

/** The object literal that an argument is, by itself or through a constant nobody adds to. */
function objectOf(argument: TSESTree.Node, module: Module): TSESTree.ObjectExpression | undefined {
  const node = bare(argument);
  if (node.type === 'ObjectExpression') return node;
  if (node.type !== 'Identifier') return undefined;
  const [shape, ...others] = shapesOf(node, module).filter((one) => one.kind !== 'type');
  if (others.length > 0 || shape?.kind !== 'expression' || shape.path.length > 0) return undefined;
  if (shape.node.type !== 'ObjectExpression' || shape.module !== module) return undefined;
  const isChanged = mentionsOf(node, module).some(({ identifier }) => mayChange(identifier, argument));
  return isChanged ? undefined : shape.node;
}

/** Tells whether a mention of a variable may add a property to its object. */
function mayChange(identifier: TSESTree.Node, argument: TSESTree.Node): boolean {
  const { parent } = identifier;
  if (identifier === argument || identifier === bare(argument)) return false;
  if (parent?.type === 'VariableDeclarator') return false;
  if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return true;
  if (memberName(parent) === undefined) return true;
  return parent.parent.type === 'AssignmentExpression' && parent.parent.left === parent;
}
