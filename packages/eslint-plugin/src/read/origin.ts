import type { Driver } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import { originOfType } from './annotation.ts';
import { originOfAwait, originOfCall, originOfNew, originOfProperty } from './call.ts';
import { exportOrigin, globalOrigin, hop, instanceNamed } from './catalogued.ts';
import { originOfDoc } from './doc-origin.ts';
import { isNodeModule } from './specifier.ts';
import type { Module } from './module.ts';
import { originOfParameter } from './parameter.ts';
import { guarded, type Answers } from './recursion.ts';
import { variableNamed } from './scope.ts';
import { shapesOf, type Shape } from './shape.ts';
import type { ClassNode } from './syntax.ts';
import { originByTypes } from './types.ts';

/** What a value is, as far as imports, annotations and initialisers prove it. */
export type Origin =
  /** The module itself: `import * as pg`, `require('pg')`. */
  | { readonly kind: 'module'; readonly driver: Driver; readonly module: string }
  /** An export of a catalogued module: the class `Pool`, the function `createPool`. */
  | {
      readonly kind: 'export';
      readonly driver: Driver;
      readonly module: string;
      readonly export: string;
    }
  /** A value of a catalogued type, or a promise of one. */
  | {
      readonly kind: 'instance' | 'promise';
      readonly driver: Driver;
      readonly type: string;
      /** The module it was imported from; tells apart twins such as mysql2 and mysql2/promise. */
      readonly module?: string;
      readonly proof: 'import' | 'annotation' | 'followed' | 'types';
    }
  /** Provably something else: a literal, a local class, a builtin, an export of another package. */
  | { readonly kind: 'foreign'; readonly what: string };

const known: Answers<Origin | undefined> = new WeakMap();

/** Decides whose object an expression is; `undefined` where nothing proves it. */
export function originOf(node: TSESTree.Node, module: Module): Origin | undefined {
  return guarded(known, node, module, undefined, () => {
    const shapes = shapesOf(node, module);
    const origins = shapes.map((shape) => originOfShape(shape, module));
    // What is written down as the type is the programmer's word.
    const proven = shapes[0]?.kind === 'type' && origins[0] !== undefined ? origins[0] : agreed(origins);
    if (proven !== undefined && proven.kind !== 'foreign') return proven;
    return originByTypes(node, module) ?? proven;
  });
}

/** The origin of what a shape stands for; from another file, it is only as good as following is. */
export function originOfShape(shape: Shape, module: Module): Origin | undefined {
  const origin = alongPath(shape);
  return shape.module === module ? origin : followed(origin);
}

function followed(origin: Origin | undefined): Origin | undefined {
  return origin?.kind === 'instance' || origin?.kind === 'promise'
    ? { ...origin, proof: 'followed' }
    : origin;
}

/**
 * The one origin that several definitions of a value have. Unknown ones do not count, and neither
 * does what is no pool at all: a variable that once holds a pool is meant to.
 */
export function agreed(origins: readonly (Origin | undefined)[]): Origin | undefined {
  const proven = origins.filter((origin) => origin !== undefined);
  const drivers = proven.filter((origin) => origin.kind !== 'foreign');
  const [first, ...others] = drivers;
  if (first === undefined) return proven.length === origins.length ? proven[0] : undefined;
  return others.every((other) => isSame(first, other)) ? first : undefined;
}

function isSame(one: Origin, other: Origin): boolean {
  if (one.kind === 'foreign' || other.kind === 'foreign' || one.driver !== other.driver) return false;
  if ('type' in one) return 'type' in other && one.type === other.type;
  if (one.kind === 'export') return other.kind === 'export' && one.export === other.export;
  return one.kind === other.kind;
}

function alongPath(shape: Shape): Origin | undefined {
  const { module, path } = shape;
  const [key, ...rest] = path;
  if (key === undefined) return baseOf(shape);
  if (shape.kind === 'expression') {
    const property = originOfProperty(shape.node, key, module);
    if (property !== undefined) return rest.reduce<Origin | undefined>((at, next) => at && hop(at, next, module.facts), property);
    if (isGlobalObject(shape.node, module)) return rest.length === 0 ? globalOrigin(key, module.facts) : undefined;
  }
  return path.reduce<Origin | undefined>((at, next) => at && hop(at, next, module.facts), baseOf(shape));
}

function isGlobalObject(node: TSESTree.Node, module: Module): boolean {
  return (
    node.type === 'Identifier' &&
    ['globalThis', 'global', 'window', 'self'].includes(node.name) &&
    variableNamed(node.name, node, module) === undefined
  );
}

function baseOf(shape: Shape): Origin | undefined {
  const { module } = shape;
  switch (shape.kind) {
    case 'import':
      if (isNodeModule(shape.specifier)) return { kind: 'foreign', what: shape.specifier };
      return exportOrigin(shape.specifier, shape.name, module.facts);
    case 'class':
      return originOfClass(shape.node, module);
    case 'instance': {
      const base = originOfClass(shape.node, module);
      return base === undefined || base.kind === 'foreign' ? base : instanceNamed(base, module.facts, 'import');
    }
    case 'type':
      return originOfType(shape.node, module);
    case 'doc':
      return originOfDoc(shape.text, shape.node, module);
    case 'parameter':
      return originOfParameter(shape.node, shape.index, module);
    case 'expression':
      return originOfExpression(shape.node, module);
    case 'namespace':
      return undefined;
  }
}

/** The catalogued class that a class of the program extends. */
export function originOfClass(node: ClassNode, module: Module): Origin | undefined {
  if (node.superClass === null) return { kind: 'foreign', what: 'a class of the program' };
  return originOf(node.superClass, module);
}

function originOfExpression(node: TSESTree.Node, module: Module): Origin | undefined {
  switch (node.type) {
    case 'CallExpression':
      return originOfCall(node, module);
    case 'NewExpression':
      return originOfNew(node, module);
    case 'AwaitExpression':
      return originOfAwait(originOf(node.argument, module));
    case 'YieldExpression':
      return originOfAwait(node.argument ? originOf(node.argument, module) : undefined);
    case 'Identifier':
      return variableNamed(node.name, node, module) === undefined ? globalOrigin(node.name, module.facts) : undefined;
    case 'Literal':
    case 'TemplateLiteral':
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'UpdateExpression':
      return { kind: 'foreign', what: node.type };
    default:
      return undefined;
  }
}
