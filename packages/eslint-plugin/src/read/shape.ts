import type { TSESTree } from '@typescript-eslint/utils';
import { assignedMembers } from './assigned.ts';
import { shapesOfVariable } from './binding.ts';
import { shapesOfThis } from './class-field.ts';
import { shapesOfExports } from './exports.ts';
import { specifierOf } from './imports.ts';
import { memberName } from './member.ts';
import { membersOf } from './members.ts';
import type { Module } from './module.ts';
import { guarded, type Answers } from './recursion.ts';
import { variableNamed } from './scope.ts';
import { isClass, isNothing, uncast, type ClassNode, type FunctionNode } from './syntax.ts';

/**
 * What the program itself puts behind an expression, found by walking from names to definitions.
 *
 * A `path` are the properties still to be read from it, for what only the catalogue can answer:
 * `pool` of `const { pool } = await connect()` is `pool` of a call.
 */
export type Shape =
  /** An expression that says what it is: a call, a function, an object, a literal. */
  | Placed<'expression', TSESTree.Node>
  | Placed<'class', ClassNode>
  /** An object of a class of the program. */
  | Placed<'instance', ClassNode>
  /** A value of which only the type is written down. */
  | Placed<'type', TSESTree.TypeNode | TSESTree.TSInterfaceDeclaration>
  /** A parameter about which nothing is written down; `index` in the function's list. */
  | (Placed<'parameter', FunctionNode> & { readonly index: number })
  /** A value whose type stands in a JSDoc comment. */
  | (Placed<'doc', TSESTree.Node> & { readonly text: string })
  /** An import from a package; `*` is all of it. */
  | (Placed<'import', TSESTree.Node> & { readonly specifier: string; readonly name: string })
  /** All exports of a file of the program. */
  | Placed<'namespace', TSESTree.Program>;

interface Placed<Kind extends string, Node extends TSESTree.Node> {
  readonly kind: Kind;
  readonly node: Node;
  readonly module: Module;
  readonly path: readonly string[];
}

const known: Answers<readonly Shape[]> = new WeakMap();

/** The definitions an expression may refer to; several, if it is written more than once. */
export function shapesOf(node: TSESTree.Node, module: Module): readonly Shape[] {
  return guarded(known, node, module, [], () => distinct(find(uncast(node), module)));
}

/** More definitions than this of one value are a program that decides at run time. */
const mostDefinitions = 16;

/** Definitions without repetition. */
export function distinct(shapes: readonly Shape[]): readonly Shape[] {
  if (shapes.length < 2) return shapes;
  const found: Shape[] = [];
  for (const shape of shapes) {
    const isKnown = found.some(
      (one) => one.kind === shape.kind && one.node === shape.node && one.path.join('.') === shape.path.join('.'),
    );
    if (!isKnown) found.push(shape);
    if (found.length > mostDefinitions) break;
  }
  return found;
}

/** The shape of an expression that stands for itself. */
export function itself(node: TSESTree.Node, module: Module): Shape {
  return isClass(node)
    ? { kind: 'class', node, module, path: [] }
    : { kind: 'expression', node, module, path: [] };
}

function find(node: TSESTree.Node, module: Module): readonly Shape[] {
  switch (node.type) {
    case 'Identifier': {
      const variable = variableNamed(node.name, node, module);
      if (variable !== undefined) {
        // Asked once for all mentions.
        const [declared] = variable.identifiers;
        // The name of a function stands inside it, where another may have its name.
        const isShared = declared !== undefined && declared !== node && variableNamed(node.name, declared, module) === variable;
        return isShared ? shapesOf(declared, module) : shapesOfVariable(variable, module);
      }
      if (node.name === 'exports') return shapesOfExports(module);
      return [itself(node, module)];
    }
    case 'ThisExpression':
      return shapesOfThis(node, module);
    case 'MemberExpression':
      return findMember(node, module);
    case 'TSAsExpression':
    case 'TSTypeAssertion':
      return [
        { kind: 'type', node: node.typeAnnotation, module, path: [] },
        ...shapesOf(node.expression, module),
      ];
    case 'SequenceExpression':
      return either(node.expressions.slice(-1), module);
    case 'AssignmentExpression':
      return either(node.operator === '=' ? [node.right] : [node.left, node.right], module);
    case 'LogicalExpression':
      return either(node.operator === '&&' ? [node.right] : [node.left, node.right], module);
    case 'ConditionalExpression':
      return either([node.consequent, node.alternate], module);
    case 'CallExpression':
    case 'ImportExpression':
    case 'AwaitExpression': {
      const specifier = specifierOf(node, module);
      if (specifier === undefined) return [itself(node, module)];
      if (!module.isOwn(specifier)) {
        return [{ kind: 'import', node, module, specifier, name: '*', path: [] }];
      }
      const followed = module.follow(specifier);
      return followed === undefined ? [itself(node, module)] : shapesOfExports(followed);
    }
    case 'NewExpression': {
      const classes = shapesOf(node.callee, module).filter(
        (shape) => shape.kind === 'class' && shape.path.length === 0,
      );
      const [first] = classes;
      if (classes.length !== 1 || first?.kind !== 'class') return [itself(node, module)];
      return [{ kind: 'instance', node: first.node, module: first.module, path: [] }];
    }
    default:
      return [itself(node, module)];
  }
}

function either(nodes: readonly TSESTree.Node[], module: Module): readonly Shape[] {
  return nodes.flatMap((node) => (isNothing(node) ? [] : shapesOf(node, module)));
}

function findMember(node: TSESTree.MemberExpression, module: Module): readonly Shape[] {
  const name = memberName(node);
  if (name === undefined) return [];
  const object = uncast(node.object);
  if (object.type === 'Identifier' && object.name === 'module' && name === 'exports') {
    return shapesOfExports(module);
  }
  const assigned = object.type === 'Identifier' ? assignedMembers(object, name, module) : [];
  const defined = shapesOf(object, module).flatMap((shape) => membersOf(shape, name));
  const certain = defined.filter((shape) => shape.path.length === 0);
  return certain.length + assigned.length > 0 ? [...certain, ...assigned] : defined;
}
