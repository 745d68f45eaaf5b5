import type { TSESTree } from '@typescript-eslint/utils';
import { instanceNamed, makersOf } from './catalogued.ts';
import type { Module } from './module.ts';
import { agreed, originOf, originOfShape, type Origin } from './origin.ts';
import { guarded, type Answers } from './recursion.ts';
import { variableNamed } from './scope.ts';
import type { Shape } from './shape.ts';
import { isFunction } from './syntax.ts';
import { originOfAwait, originOfResult } from './call.ts';
import { shapesOfImportType, shapesOfTypeName, shapesOfTypeQuery } from './type-name.ts';

type TypeSyntax = TSESTree.TypeNode | TSESTree.TSInterfaceDeclaration;

const known: Answers<Origin | undefined> = new WeakMap();

/** Types of the language that leave a value what it is. */
const transparent: ReadonlySet<string> = new Set(['NonNullable', 'Partial', 'Readonly', 'Required']);

/** What a value of a written type is. */
export function originOfType(type: TypeSyntax, module: Module): Origin | undefined {
  return guarded(known, type, module, undefined, () => asAnnotation(find(type, module)));
}

function asAnnotation(origin: Origin | undefined): Origin | undefined {
  return (origin?.kind === 'instance' || origin?.kind === 'promise') && origin.proof === 'import'
    ? { ...origin, proof: 'annotation' }
    : origin;
}

function find(type: TypeSyntax, module: Module): Origin | undefined {
  switch (type.type) {
    case 'TSTypeReference':
      return originOfReference(type, module);
    case 'TSInterfaceDeclaration': {
      const bases = type.extends.map(({ expression }) => {
        const base = originOf(expression, module);
        return base === undefined ? undefined : (instanceNamed(base, module.facts, 'annotation') ?? base);
      });
      return agreed(bases.filter((base) => base?.kind !== 'foreign'));
    }
    case 'TSUnionType': {
      const origins = type.types.filter((one) => !isAbsence(one)).map((one) => originOfType(one, module));
      return origins.includes(undefined) ? undefined : agreed(origins);
    }
    case 'TSIntersectionType':
      return agreed(type.types.map((one) => originOfType(one, module)));
    case 'TSTypeOperator':
      return type.typeAnnotation == null ? undefined : originOfType(type.typeAnnotation, module);
    case 'TSImportType': {
      const [shape] = shapesOfImportType(type, module);
      return shape === undefined ? undefined : originOfNamed(shape, module);
    }
    case 'TSTypeQuery':
      return agreed(shapesOfTypeQuery(type, module).map((shape) => originOfShape(shape, module)));
    case 'TSStringKeyword':
    case 'TSNumberKeyword':
    case 'TSBooleanKeyword':
    case 'TSBigIntKeyword':
    case 'TSSymbolKeyword':
    case 'TSLiteralType':
      return { kind: 'foreign', what: 'a primitive' };
    default:
      return undefined;
  }
}

function isAbsence(type: TSESTree.TypeNode): boolean {
  return ['TSNullKeyword', 'TSUndefinedKeyword', 'TSVoidKeyword', 'TSNeverKeyword'].includes(type.type);
}

function originOfReference(type: TSESTree.TSTypeReference, module: Module): Origin | undefined {
  const { typeName } = type;
  if (typeName.type === 'Identifier' && variableNamed(typeName.name, typeName, module) === undefined) {
    const [first] = type.typeArguments?.params ?? [];
    return first === undefined ? undefined : originOfStandard(typeName.name, first, module);
  }
  return agreed(shapesOfTypeName(typeName, module).map((shape) => originOfNamed(shape, module)));
}

function originOfStandard(
  name: string,
  argument: TSESTree.TypeNode,
  module: Module,
): Origin | undefined {
  if (transparent.has(name)) return originOfType(argument, module);
  switch (name) {
    case 'Promise':
    case 'PromiseLike': {
      const origin = originOfType(argument, module);
      return origin?.kind === 'instance' ? { ...origin, kind: 'promise' } : origin?.kind === 'promise' ? origin : undefined;
    }
    case 'Awaited':
      return originOfAwait(originOfType(argument, module));
    case 'InstanceType': {
      const origin = originOfType(argument, module);
      return origin === undefined ? undefined : instanceNamed(origin, module.facts, 'annotation');
    }
    case 'ReturnType':
      return argument.type === 'TSTypeQuery' ? originOfQueriedCall(argument, module) : undefined;
    default:
      return undefined;
  }
}

/** `ReturnType<typeof createPool>`: what calling that value would give. */
function originOfQueriedCall(query: TSESTree.TSTypeQuery, module: Module): Origin | undefined {
  return agreed(
    shapesOfTypeQuery(query, module).map((shape) => {
      const origin = originOfShape(shape, module);
      if (origin?.kind === 'export' || origin?.kind === 'module') {
        const maker = makersOf(origin).find(({ how }) => how === 'call' || how === 'await');
        if (maker === undefined) return undefined;
        const kind = maker.how === 'await' ? 'promise' : 'instance';
        return { kind, driver: origin.driver, type: maker.gives, module: origin.module, proof: 'annotation' };
      }
      return shape.kind === 'expression' && shape.path.length === 0 && isFunction(shape.node)
        ? originOfResult({ fn: shape.node, module: shape.module }, module)
        : undefined;
    }),
  );
}

/** What a value is whose type has the name that a shape stands for. */
function originOfNamed(shape: Shape, module: Module): Origin | undefined {
  const named: Shape = shape.kind === 'class' ? { ...shape, kind: 'instance' } : shape;
  const origin = originOfShape(named, module);
  if (origin?.kind !== 'export' && origin?.kind !== 'module') return origin;
  return instanceNamed(origin, module.facts, 'annotation');
}

