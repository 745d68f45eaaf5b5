import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import { bare, isNothing, keyName, stringOf } from '../read/syntax.ts';
import { variableOf } from './variable.ts';

/** A value that never changes: one that is written down, or one that is known by its name alone. */
export type FixedValue = { readonly literal: string | number | boolean | null | undefined } | { readonly name: string };

/** Names of names of names are not followed. */
const deepest = 3;

/** What an expression always comes to: a literal, a `const`, a member of an enumeration or of what is written as one. */
export function fixedValueAt(node: TSESTree.Node, module: Module, depth = 0): FixedValue | undefined {
  const value = bare(node);
  if (isNothing(value)) return { literal: value.type === 'Literal' ? null : undefined };
  const text = stringOf(value);
  if (text !== undefined) return { literal: text };
  switch (value.type) {
    case 'Literal':
      return typeof value.value === 'number' || typeof value.value === 'boolean' ? { literal: value.value } : undefined;
    case 'UnaryExpression': {
      const inner = value.operator === '-' ? bare(value.argument) : undefined;
      return inner?.type === 'Literal' && typeof inner.value === 'number' ? { literal: -inner.value } : undefined;
    }
    case 'Identifier':
      return depth < deepest ? namedValue(value, module, depth + 1) : undefined;
    case 'MemberExpression':
      return depth < deepest ? memberValue(value, module, depth + 1) : undefined;
    default:
      return undefined;
  }
}

const upperCase = /^[A-Z][A-Z\d_]*$/u;

function namedValue(name: TSESTree.Identifier, module: Module, depth: number): FixedValue | undefined {
  const definition = variableOf(name, module)?.defs[0];
  if (definition?.type === 'ImportBinding') return upperCase.test(name.name) ? { name: name.name } : undefined;
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || definition.node.id.type !== 'Identifier') return undefined;
  const { init } = definition.node;
  if (init === null) return undefined;
  return isSymbol(init) ? { name: name.name } : fixedValueAt(init, module, depth);
}

function memberValue(member: TSESTree.MemberExpression, module: Module, depth: number): FixedValue | undefined {
  const object = bare(member.object);
  const name = memberName(member);
  if (object.type !== 'Identifier' || name === undefined) return undefined;
  const variable = variableOf(object, module);
  const definition = variable?.defs[0];
  const named: FixedValue = { name: `${object.name}.${name}` };
  switch (definition?.type) {
    case 'ImportBinding':
      return /^[A-Z]/u.test(object.name) ? named : undefined;
    case 'ClassName':
      return upperCase.test(name) ? named : undefined;
    case 'TSEnumName':
      return enumerated(definition.node, name, module, depth);
    case 'Variable': {
      const init = definition.node.init === null ? undefined : unfrozen(definition.node.init);
      if (definition.parent.kind !== 'const' || init?.type !== 'ObjectExpression' || variable?.references.some(({ identifier }) => isChanged(identifier)) === true) return undefined;
      const property = init.properties.find((one) => one.type === 'Property' && keyName(one) === name);
      if (property?.type !== 'Property' || init.properties.some(({ type }) => type === 'SpreadElement')) return undefined;
      return isSymbol(property.value) ? named : fixedValueAt(property.value, module, depth);
    }
    default:
      return undefined;
  }
}

/** A member of an enumeration: without a value of its own, one more than the last. */
function enumerated({ body }: TSESTree.TSEnumDeclaration, name: string, module: Module, depth: number): FixedValue | undefined {
  let last: FixedValue | undefined = { literal: -1 };
  for (const { id, initializer } of body.members) {
    // Hosts differ in what they say where there is none.
    if (initializer != null) last = fixedValueAt(initializer, module, depth);
    else last = last !== undefined && 'literal' in last && typeof last.literal === 'number' ? { literal: last.literal + 1 } : undefined;
    if ((id.type === 'Identifier' ? id.name : stringOf(id)) === name) return last;
  }
  return undefined;
}

function isSymbol(node: TSESTree.Node): boolean {
  const call = bare(node);
  return call.type === 'CallExpression' && call.callee.type === 'Identifier' && call.callee.name === 'Symbol';
}

/** `Object.freeze({ … })`. */
function unfrozen(node: TSESTree.Node): TSESTree.Node {
  const value = bare(node);
  const [first] = value.type === 'CallExpression' ? value.arguments : [];
  const isFrozen = value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && memberName(value.callee) === 'freeze';
  return isFrozen && first !== undefined ? bare(first) : value;
}

/** `State.open = 3` */
function isChanged(object: TSESTree.Node): boolean {
  const member = object.parent;
  if (member?.type !== 'MemberExpression' || member.object !== object) return false;
  const { parent } = member;
  return (parent.type === 'AssignmentExpression' && parent.left === member) || parent.type === 'UpdateExpression';
}

/** Is a fixed value truthy? */
export function truthOfFixed(value: FixedValue): boolean | undefined {
  return 'literal' in value ? Boolean(value.literal) : undefined;
}

/** What a comparison of two fixed values comes to, where that is sure. */
export function compareFixed(left: FixedValue, operator: string, right: FixedValue): boolean | undefined {
  switch (operator) {
    case '===':
    case '==':
      return areEqual(left, right, operator === '==');
    case '!==':
    case '!=': {
      const equal = areEqual(left, right, operator === '!=');
      return equal === undefined ? undefined : !equal;
    }
    default: {
      const [one, other] = ['literal' in left ? left.literal : undefined, 'literal' in right ? right.literal : undefined];
      if (typeof one !== 'number' || typeof other !== 'number') return undefined;
      if (operator === '<') return one < other;
      if (operator === '<=') return one <= other;
      if (operator === '>') return one > other;
      return operator === '>=' ? one >= other : undefined;
    }
  }
}

function areEqual(left: FixedValue, right: FixedValue, isLoose: boolean): boolean | undefined {
  if ('literal' in left && 'literal' in right) {
    if (left.literal === right.literal) return true;
    return isLoose && typeof left.literal !== typeof right.literal ? undefined : false;
  }
  if ('name' in left && 'name' in right) {
    if (left.name === right.name) return true;
    // Two members of one enumeration are two values.
    return ownerName(left.name) === ownerName(right.name) ? false : undefined;
  }
  const literal = 'literal' in left ? left.literal : 'literal' in right ? right.literal : undefined;
  return literal === undefined || literal === null ? false : undefined;
}

function ownerName(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}
