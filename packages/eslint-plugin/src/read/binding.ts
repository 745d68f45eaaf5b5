import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { shapesOfImport } from './imports.ts';
import { docParameter, docType } from './jsdoc.ts';
import { membersOf } from './members.ts';
import type { Module } from './module.ts';
import { itself, shapesOf, type Shape } from './shape.ts';
import { isClass, isFunction, isNothing, keyName, parentOf, type FunctionNode } from './syntax.ts';

/** The definitions behind a variable: its declaration and what is assigned to it. */
export function shapesOfVariable(variable: Scope.Variable, module: Module): readonly Shape[] {
  const shapes = variable.defs.flatMap((definition) => shapesOfDefinition(definition, module));
  for (const { identifier, init, writeExpr } of variable.references) {
    if (init === true || writeExpr === null || writeExpr === undefined) continue;
    if (identifier.type === 'Identifier') shapes.push(...shapesOfWrite(identifier, module));
  }
  return shapes;
}

function shapesOfDefinition(definition: Scope.Definition, module: Module): readonly Shape[] {
  const { name, node } = definition;
  switch (definition.type) {
    case 'ImportBinding':
      return shapesOfImport(definition, module);
    case 'FunctionName':
      return isFunction(node) ? [itself(node, module)] : [];
    case 'ClassName':
      return isClass(node) ? [itself(node, module)] : [];
    case 'Variable':
      return name.type === 'Identifier' ? shapesOfDeclarator(name, definition.node, module) : [];
    case 'Parameter':
      return name.type === 'Identifier' && isFunction(node) ? shapesOfParameter(name, node, module) : [];
    case 'Type':
      if (node.type === 'TSTypeParameter') {
        return node.constraint === undefined
          ? []
          : [{ kind: 'type', node: node.constraint, module, path: [] }];
      }
      if (node.type === 'TSInterfaceDeclaration') return [{ kind: 'type', node, module, path: [] }];
      return node.type === 'TSTypeAliasDeclaration'
        ? [{ kind: 'type', node: node.typeAnnotation, module, path: [] }]
        : [];
    default:
      return [];
  }
}

function shapesOfDeclarator(
  name: TSESTree.Identifier,
  declarator: TSESTree.VariableDeclarator,
  module: Module,
): readonly Shape[] {
  const place = placeIn(declarator.id, name);
  if (place === undefined) return [];
  const written: readonly Shape[] = annotated(declarator.id, module);
  const doc = declarator.id === name ? docType(declarator, module) : undefined;
  const shapes: Shape[] = [...written];
  if (doc !== undefined) shapes.push({ kind: 'doc', node: name, text: doc, module, path: [] });
  if (declarator.init !== null && !isNothing(declarator.init)) {
    shapes.push(...shapesOf(declarator.init, module));
  }
  return [...along(shapes, place.path), ...defaultsOf(place, module)];
}

function shapesOfParameter(
  name: TSESTree.Identifier,
  fn: FunctionNode,
  module: Module,
): readonly Shape[] {
  for (const [index, parameter] of fn.params.entries()) {
    const outer = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const root = outer.type === 'AssignmentPattern' ? outer.left : outer;
    const place = placeIn(root, name);
    if (place === undefined) continue;
    const shapes: Shape[] = [...annotated(root, module)];
    const doc = docParameter(fn, root.type === 'Identifier' ? root.name : undefined, module);
    if (doc !== undefined) shapes.push({ kind: 'doc', node: name, text: doc, module, path: [] });
    if (outer.type === 'AssignmentPattern') shapes.push(...shapesOf(outer.right, module));
    shapes.push({ kind: 'parameter', node: fn, index, module, path: [] });
    return [...along(shapes, place.path), ...defaultsOf(place, module)];
  }
  return [];
}

/** What a later assignment gives to an identifier, plain or in a pattern. */
function shapesOfWrite(name: TSESTree.Identifier, module: Module): readonly Shape[] {
  let root: TSESTree.Node = name;
  let assignment = parentOf(root);
  while (assignment !== undefined && assignment.type !== 'AssignmentExpression') {
    if (!isPatternPart(assignment)) return [itself(name, module)];
    root = assignment;
    assignment = parentOf(root);
  }
  if (assignment?.type !== 'AssignmentExpression' || assignment.left !== root) return [];
  if (isNothing(assignment.right)) return [];
  const place = placeIn(root, name);
  return place === undefined ? [] : along(shapesOf(assignment.right, module), place.path);
}

function isPatternPart(node: TSESTree.Node): boolean {
  return ['ObjectPattern', 'ArrayPattern', 'Property', 'AssignmentPattern', 'RestElement'].includes(node.type);
}

/** Where an identifier stands in a pattern. */
interface Place {
  readonly path: readonly string[];
  readonly defaults: readonly TSESTree.Expression[];
}

function placeIn(root: TSESTree.Node, name: TSESTree.Identifier): Place | undefined {
  if (root === name) return { path: [], defaults: [] };
  switch (root.type) {
    case 'AssignmentPattern': {
      const place = placeIn(root.left, name);
      if (place === undefined) return undefined;
      return { path: place.path, defaults: place.path.length === 0 ? [...place.defaults, root.right] : place.defaults };
    }
    case 'ObjectPattern':
      for (const property of root.properties) {
        if (property.type !== 'Property') continue;
        const place = placeIn(property.value, name);
        const key = keyName(property);
        if (place !== undefined) return key === undefined ? undefined : { ...place, path: [key, ...place.path] };
      }
      return undefined;
    case 'ArrayPattern':
      for (const [index, element] of root.elements.entries()) {
        const place = element === null ? undefined : placeIn(element, name);
        if (place !== undefined) return { ...place, path: [String(index), ...place.path] };
      }
      return undefined;
    default:
      return undefined;
  }
}

function defaultsOf({ defaults }: Place, module: Module): readonly Shape[] {
  return defaults.flatMap((node) => (isNothing(node) ? [] : shapesOf(node, module)));
}

function along(shapes: readonly Shape[], path: readonly string[]): readonly Shape[] {
  return path.reduce((at, key) => at.flatMap((shape) => membersOf(shape, key)), shapes);
}

function annotated(pattern: TSESTree.Node, module: Module): readonly Shape[] {
  if (!('typeAnnotation' in pattern)) return [];
  const annotation = pattern.typeAnnotation;
  return annotation?.type === 'TSTypeAnnotation'
    ? [{ kind: 'type', node: annotation.typeAnnotation, module, path: [] }]
    : [];
}
