import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { shapesOfExport, shapesOfExports } from './exports.ts';
import { memberName } from './member.ts';
import type { Module } from './module.ts';
import { variableNamed } from './scope.ts';
import { itself, type Shape } from './shape.ts';
import { bare, keyName, stringOf } from './syntax.ts';

/** The definitions behind an import binding. */
export function shapesOfImport(definition: Scope.Definition, module: Module): readonly Shape[] {
  const { node, parent } = definition;
  if (node.type === 'TSImportEqualsDeclaration') {
    const reference = node.moduleReference;
    if (reference.type !== 'TSExternalModuleReference') return [];
    return imported(stringOf(reference.expression), '*', node, module);
  }
  if (parent?.type !== 'ImportDeclaration') return [];
  const specifier = parent.source.value;
  switch (node.type) {
    case 'ImportSpecifier':
      return imported(specifier, node.imported.type === 'Identifier' ? node.imported.name : node.imported.value, node, module);
    case 'ImportDefaultSpecifier':
      return imported(specifier, 'default', node, module);
    case 'ImportNamespaceSpecifier':
      return imported(specifier, '*', node, module);
    default:
      return [];
  }
}

function imported(
  specifier: string | undefined,
  name: string,
  node: TSESTree.Node,
  module: Module,
): readonly Shape[] {
  if (specifier === undefined) return [];
  if (!module.isOwn(specifier)) return [{ kind: 'import', node, module, specifier, name, path: [] }];
  const followed = module.follow(specifier);
  const found =
    followed === undefined
      ? []
      : name === '*'
        ? shapesOfExports(followed)
        : shapesOfExport(followed, name);
  return found.length > 0 ? found : [itself(node, module)];
}

/** The module that `require('x')` or `await import('x')` names. */
export function specifierOf(node: TSESTree.Node, module: Module): string | undefined {
  if (node.type === 'AwaitExpression') {
    const argument = bare(node.argument);
    return argument.type === 'ImportExpression' ? stringOf(argument.source) : undefined;
  }
  if (node.type !== 'CallExpression' || node.arguments.length !== 1) return undefined;
  return isRequire(bare(node.callee), module) ? stringOf(node.arguments[0]) : undefined;
}

function isRequire(callee: TSESTree.Node, module: Module): boolean {
  if (callee.type !== 'Identifier') return false;
  const variable = variableNamed(callee.name, callee, module);
  if (variable === undefined) return callee.name === 'require';
  const [definition] = variable.defs;
  if (definition?.type !== 'Variable' || definition.node.init === null) return false;
  const init = bare(definition.node.init);
  if (init.type !== 'CallExpression') return false;
  const maker = bare(init.callee);
  const name = maker.type === 'MemberExpression' ? memberName(maker) : maker.type === 'Identifier' ? maker.name : undefined;
  return name === 'createRequire';
}

const loads: ReadonlySet<string> = new Set(['CallExpression', 'AwaitExpression', 'MemberExpression', 'ImportExpression']);

/** Tells whether a name is bound to what another file of the project exports. */
export function isFromProject(definition: Scope.Definition | undefined, module: Module): boolean {
  if (definition?.type === 'ImportBinding') {
    return definition.parent.type === 'ImportDeclaration' && module.isOwn(definition.parent.source.value);
  }
  const init = definition?.type === 'Variable' ? definition.node.init : null;
  // A module is loaded by a call, awaited or not, or read from one.
  if (init === null || !loads.has(init.type)) return false;
  if (/^(?:await )?(?:require|import)\(\s*['"`]\./u.test(module.text.slice(...init.range))) return true;
  const specifier = specifierOf(bare(init), module);
  return specifier !== undefined && module.isOwn(specifier);
}

/** What the exporting file calls what is imported here; `undefined` for all of it. */
export function importedName({ node, name }: Scope.Definition): string | undefined {
  if (node.type === 'ImportSpecifier') return node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern') return undefined;
  for (const property of node.id.properties) if (property.type === 'Property' && property.value === name) return keyName(property);
  return undefined;
}
