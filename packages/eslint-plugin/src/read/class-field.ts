import type { TSESTree } from '@typescript-eslint/utils';
import { docType } from './jsdoc.ts';
import { memberName } from './member.ts';
import { membersOf } from './members.ts';
import type { Module } from './module.ts';
import { ownAssignmentsIn } from './nodes.ts';
import { itself, shapesOf, type Shape } from './shape.ts';
import { isClass, isFunction, isNothing, keyName, parentOf, type ClassNode } from './syntax.ts';
import { returnedBy } from './walk.ts';

/** What `this` is where it stands; `undefined` outside classes and object literals. */
export function ownerOfThis(
  node: TSESTree.Node,
): { readonly owner: ClassNode | TSESTree.ObjectExpression; readonly isStatic: boolean } | undefined {
  let inner: TSESTree.Node = node;
  for (let up = parentOf(node); up !== undefined; inner = up, up = parentOf(up)) {
    switch (up.type) {
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        if (up.value !== inner) break;
        return isClass(up.parent.parent) ? { owner: up.parent.parent, isStatic: up.static } : undefined;
      case 'StaticBlock':
        return isClass(up.parent.parent) ? { owner: up.parent.parent, isStatic: true } : undefined;
      case 'FunctionExpression':
        if (up.parent.type === 'Property' && up.parent.value === up) {
          const object = up.parent.parent;
          return object.type === 'ObjectExpression' ? { owner: object, isStatic: false } : undefined;
        }
        if (!['MethodDefinition', 'PropertyDefinition', 'AccessorProperty'].includes(up.parent.type)) return undefined;
        break;
      case 'FunctionDeclaration':
      case 'TSModuleBlock':
        return undefined;
      default:
    }
  }
  return undefined;
}

/** The shapes of `this`. */
export function shapesOfThis(node: TSESTree.ThisExpression, module: Module): readonly Shape[] {
  const found = ownerOfThis(node);
  if (found === undefined) return [];
  const { owner, isStatic } = found;
  if (!isClass(owner)) return [itself(owner, module)];
  return [{ kind: isStatic ? 'class' : 'instance', node: owner, module, path: [] }];
}

interface Fields {
  readonly fields: ReadonlyMap<string, readonly (() => readonly Shape[])[]>;
  readonly statics: ReadonlyMap<string, readonly (() => readonly Shape[])[]>;
}

const known = new WeakMap<Module, WeakMap<ClassNode, Fields>>();

/** The definitions of a field or method: declared, assigned, or inherited. */
export function fieldsOf(
  node: ClassNode,
  name: string,
  isStatic: boolean,
  module: Module,
): readonly Shape[] {
  const byNode = known.get(module) ?? new WeakMap<ClassNode, Fields>();
  known.set(module, byNode);
  const { fields, statics } = byNode.get(node) ?? collect(node, module);
  byNode.set(node, { fields, statics });
  const own = (isStatic ? statics : fields).get(name)?.flatMap((shapes) => shapes());
  if (own !== undefined && own.length > 0) return own;
  if (node.superClass === null) return [];
  return shapesOf(node.superClass, module).flatMap((shape) => {
    if (shape.kind !== 'class' || shape.node === node || shape.path.length > 0) return [];
    const base: Shape = isStatic ? shape : { ...shape, kind: 'instance' };
    return membersOf(base, name).filter((member) => member.path.length === 0);
  });
}

function collect(node: ClassNode, module: Module): Fields {
  const fields = new Map<string, (() => readonly Shape[])[]>();
  const statics = new Map<string, (() => readonly Shape[])[]>();
  const add = (isStatic: boolean, name: string | undefined, shapes: () => readonly Shape[]): void => {
    if (name === undefined) return;
    const map = isStatic ? statics : fields;
    map.set(name, [...(map.get(name) ?? []), shapes]);
  };
  for (const member of node.body.body) {
    switch (member.type) {
      case 'PropertyDefinition':
      case 'AccessorProperty':
      case 'TSAbstractPropertyDefinition':
        add(member.static, keyName(member), () => shapesOfField(member, module));
        break;
      case 'MethodDefinition':
        if (member.kind === 'get') {
          add(member.static, keyName(member), () => shapesOfGetter(member, module));
        } else if (member.kind === 'method') {
          add(member.static, keyName(member), () => (isFunction(member.value) ? [itself(member.value, module)] : []));
        } else if (member.kind === 'constructor') {
          for (const parameter of member.value.params) {
            if (parameter.type !== 'TSParameterProperty') continue;
            const inner = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
            add(false, inner.name, () => shapesOf(inner, module));
          }
        }
        break;
      default:
    }
  }
  for (const { left, right } of ownAssignmentsIn(module)) {
    if (left.type !== 'MemberExpression' || left.range[0] < node.range[0] || left.range[1] > node.range[1] || isNothing(right)) continue;
    const found = ownerOfThis(left.object);
    if (found?.owner === node) add(found.isStatic, memberName(left), () => shapesOf(right, module));
  }
  return { fields, statics };
}

function shapesOfField(
  field: TSESTree.PropertyDefinition | TSESTree.AccessorProperty | TSESTree.TSAbstractPropertyDefinition,
  module: Module,
): readonly Shape[] {
  const shapes: Shape[] = [];
  const annotation = field.typeAnnotation;
  if (annotation != null) {
    shapes.push({ kind: 'type', node: annotation.typeAnnotation, module, path: [] });
  }
  const doc = docType(field, module);
  if (doc !== undefined) shapes.push({ kind: 'doc', node: field, text: doc, module, path: [] });
  if (field.value !== null && !isNothing(field.value)) shapes.push(...shapesOf(field.value, module));
  return shapes;
}

function shapesOfGetter(getter: TSESTree.MethodDefinition, module: Module): readonly Shape[] {
  const { value } = getter;
  const annotation = value.returnType;
  if (annotation != null) {
    return [{ kind: 'type', node: annotation.typeAnnotation, module, path: [] }];
  }
  if (!isFunction(value)) return [];
  return returnedBy(value).flatMap((returned) =>
    returned === null || isNothing(returned) ? [] : shapesOf(returned, module),
  );
}
