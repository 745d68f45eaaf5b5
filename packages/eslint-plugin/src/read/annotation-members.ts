import type { TSESTree } from '@typescript-eslint/utils';
import { membersOf } from './members.ts';
import type { Module } from './module.ts';
import { variableNamed } from './scope.ts';
import { shapesOf, type Shape } from './shape.ts';
import { keyName } from './syntax.ts';
import { shapesOfImportType, shapesOfTypeName, shapesOfTypeQuery } from './type-name.ts';

/** Types of the language whose members are those of their first argument. */
const transparent: ReadonlySet<string> = new Set(['NonNullable', 'Omit', 'Partial', 'Pick', 'Readonly', 'Required']);

/** The members that a written type declares; of a class, its fields. */
export function membersOfType(
  type: TSESTree.TypeNode | TSESTree.TSInterfaceDeclaration,
  name: string,
  module: Module,
): readonly Shape[] {
  switch (type.type) {
    case 'TSTypeLiteral':
      return declared(type.members, name, module);
    case 'TSInterfaceDeclaration': {
      const own = declared(type.body.body, name, module);
      if (own.length > 0) return own;
      return type.extends.flatMap(({ expression }) => membersOfNamed(shapesOf(expression, module), name));
    }
    case 'TSTypeReference': {
      const { typeName } = type;
      if (typeName.type === 'Identifier' && variableNamed(typeName.name, typeName, module) === undefined) {
        const [first] = type.typeArguments?.params ?? [];
        return first !== undefined && transparent.has(typeName.name) ? membersOfType(first, name, module) : [];
      }
      return membersOfNamed(shapesOfTypeName(typeName, module), name);
    }
    case 'TSImportType':
      return membersOfNamed(shapesOfImportType(type, module), name);
    case 'TSUnionType':
    case 'TSIntersectionType':
      return type.types.flatMap((one) => membersOfType(one, name, module));
    case 'TSTypeOperator':
      return type.typeAnnotation == null ? [] : membersOfType(type.typeAnnotation, name, module);
    case 'TSTypeQuery':
      return onlyFound(shapesOfTypeQuery(type, module).flatMap((shape) => membersOf(shape, name)));
    case 'TSArrayType':
      return /^\d+$/u.test(name) ? [{ kind: 'type', node: type.elementType, module, path: [] }] : [];
    default:
      return [];
  }
}

function declared(
  members: readonly TSESTree.TypeElement[],
  name: string,
  module: Module,
): readonly Shape[] {
  return members.flatMap((member): readonly Shape[] => {
    if (member.type !== 'TSPropertySignature' || keyName(member) !== name) return [];
    const annotation = member.typeAnnotation;
    return annotation === undefined ? [] : [{ kind: 'type', node: annotation.typeAnnotation, module, path: [] }];
  });
}

function membersOfNamed(shapes: readonly Shape[], name: string): readonly Shape[] {
  return onlyFound(
    shapes.flatMap((shape) => membersOf(shape.kind === 'class' ? { ...shape, kind: 'instance' } : shape, name)),
  );
}

function onlyFound(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.filter((shape) => shape.path.length === 0);
}
