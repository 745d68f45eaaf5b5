import type { TSESTree } from '@typescript-eslint/utils';
import { shapesOfVariable } from './binding.ts';
import { shapesOfExport } from './exports.ts';
import { membersOf } from './members.ts';
import type { Module } from './module.ts';
import { variableNamed } from './scope.ts';
import type { Shape } from './shape.ts';
import { shapesOf } from './shape.ts';

/** The definitions behind the name of a type, `Pool` or `pg.Pool`. */
export function shapesOfTypeName(name: TSESTree.EntityName, module: Module): readonly Shape[] {
  switch (name.type) {
    case 'Identifier': {
      const variable = variableNamed(name.name, name, module);
      return variable === undefined ? [] : shapesOfVariable(variable, module);
    }
    case 'TSQualifiedName':
      return shapesOfTypeName(name.left, module).flatMap((shape) => membersOf(shape, name.right.name));
    default:
      return shapesOf(name, module);
  }
}

/** The definitions of the value that `typeof` in a type asks for. */
export function shapesOfTypeQuery(query: TSESTree.TSTypeQuery, module: Module): readonly Shape[] {
  const { exprName } = query;
  return exprName.type === 'TSImportType'
    ? shapesOfImportType(exprName, module)
    : shapesOfTypeName(exprName, module);
}

/** The definitions behind `import('pg').Pool`. */
export function shapesOfImportType(
  type: TSESTree.TSImportType,
  module: Module,
): readonly Shape[] {
  const path = type.qualifier === null ? [] : namesIn(type.qualifier);
  return shapesOfSpecifier(type.source.value, path, type, module);
}

/** The definitions of an export, or of a part of one, of a module named by a specifier. */
export function shapesOfSpecifier(
  specifier: string,
  path: readonly string[],
  node: TSESTree.Node,
  module: Module,
): readonly Shape[] {
  const [name = '*', ...rest] = path;
  if (!module.isOwn(specifier)) return [{ kind: 'import', node, module, specifier, name, path: rest }];
  const followed = module.follow(specifier);
  if (followed === undefined) return [];
  return rest.reduce<readonly Shape[]>(
    (shapes, key) => shapes.flatMap((shape) => membersOf(shape, key)),
    shapesOfExport(followed, name),
  );
}

function namesIn(name: TSESTree.EntityName): readonly string[] {
  if (name.type === 'Identifier') return [name.name];
  return name.type === 'TSQualifiedName' ? [...namesIn(name.left), name.right.name] : [];
}
