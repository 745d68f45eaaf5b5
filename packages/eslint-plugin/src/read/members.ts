import type { TSESTree } from '@typescript-eslint/utils';
import { membersOfType } from './annotation-members.ts';
import { assignedMembers } from './assigned.ts';
import { functionOf } from './callee.ts';
import { fieldsOf } from './class-field.ts';
import { shapesOfExport } from './exports.ts';
import { cutShort } from './recursion.ts';
import { distinct, shapesOf, type Shape } from './shape.ts';
import { bare, isNothing, keyName } from './syntax.ts';
import { returnedBy } from './walk.ts';

const open = new Map<TSESTree.Node, Set<string>>();

/** The definitions of a member of what a shape stands for. */
export function membersOf(shape: Shape, name: string): readonly Shape[] {
  const names = open.get(shape.node) ?? new Set<string>();
  // A member that leads back to itself has no definition this way.
  if (names.has(name)) {
    cutShort();
    return [];
  }
  names.add(name);
  open.set(shape.node, names);
  try {
    return distinct(find(shape, name));
  } finally {
    names.delete(name);
    if (names.size === 0) open.delete(shape.node);
  }
}

function find(shape: Shape, name: string): readonly Shape[] {
  const further: readonly Shape[] = [{ ...shape, path: [...shape.path, name] }];
  if (shape.path.length > 0) return shape.path.length < 6 ? further : [];
  const orFurther = (found: readonly Shape[]): readonly Shape[] => (found.length > 0 ? found : further);
  switch (shape.kind) {
    case 'class':
      return orFurther(fieldsOf(shape.node, name, true, shape.module));
    case 'instance':
      return orFurther(fieldsOf(shape.node, name, false, shape.module));
    case 'type':
      return orFurther(membersOfType(shape.node, name, shape.module));
    case 'namespace':
      return shapesOfExport(shape.module, name);
    case 'expression':
      if (shape.node.type === 'ObjectExpression') return propertiesOf(shape.node, name, shape);
      return orFurther(membersOfResult(shape, name));
    default:
      return further;
  }
}

function propertiesOf(
  object: TSESTree.ObjectExpression,
  name: string,
  { module }: Shape,
): readonly Shape[] {
  for (const property of object.properties.toReversed()) {
    if (property.type === 'SpreadElement') {
      const spread = shapesOf(property.argument, module)
        .flatMap((shape) => membersOf(shape, name))
        .filter((shape) => shape.path.length === 0);
      if (spread.length > 0) return spread;
    } else if (keyName(property) === name) {
      if (property.kind === 'get' && property.value.type === 'FunctionExpression') {
        return returnedBy(property.value).flatMap((value) => (value === null ? [] : shapesOf(value, module)));
      }
      return isNothing(property.value) ? [] : shapesOf(property.value, module);
    }
  }
  const holder = object.parent;
  return holder.type === 'VariableDeclarator' && holder.id.type === 'Identifier'
    ? assignedMembers(holder.id, name, module)
    : [];
}

/** Functions that return what others return, so many deep, are not worth following: each may return several. */
const mostResults = 8;
let results = 0;

/** A member of what a function of the program returns: `const { pool } = createDb()`. */
function membersOfResult(shape: Shape, name: string): readonly Shape[] {
  const inner = shape.node.type === 'AwaitExpression' ? bare(shape.node.argument) : shape.node;
  if (inner.type !== 'CallExpression') return [];
  const target = functionOf(inner.callee, shape.module);
  if (target === undefined) return [];
  if (results >= mostResults) {
    cutShort();
    return [];
  }
  results += 1;
  try {
    return returnedBy(target.fn).flatMap((value) =>
      value === null || isNothing(value)
        ? []
        : shapesOf(value, target.module)
            .flatMap((returned) => membersOf(returned, name))
            .filter((member) => member.path.length === 0 || member.kind !== 'expression'),
    );
  } finally {
    results -= 1;
  }
}

