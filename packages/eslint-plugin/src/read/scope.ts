import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { Module } from './module.ts';

/** Nodes without a scope of their own, unless they are the value of a field: those that names and calls stand in most. */
const scopeless: ReadonlySet<string> = new Set([
  'ArrayExpression', 'ArrayPattern', 'AssignmentExpression', 'AwaitExpression', 'BinaryExpression', 'CallExpression', 'ChainExpression',
  'ConditionalExpression', 'ExpressionStatement', 'Identifier', 'IfStatement', 'Literal', 'LogicalExpression', 'MemberExpression',
  'NewExpression', 'ObjectExpression', 'ObjectPattern', 'Property', 'ReturnStatement', 'SpreadElement', 'TemplateLiteral', 'ThisExpression',
  'ThrowStatement', 'TryStatement', 'UnaryExpression', 'VariableDeclaration', 'VariableDeclarator',
]);

/** The innermost scope around a node. */
export function scopeAround(node: TSESTree.Node, module: Module): Scope.Scope | null {
  for (let at: TSESTree.Node | null | undefined = node; at != null; at = at.parent) {
    if (scopeless.has(at.type) && at.parent?.type !== 'PropertyDefinition' && at.parent?.type !== 'AccessorProperty') continue;
    const scope = module.scopeManager.acquire(at, true);
    if (scope !== null) return scope.type === 'function-expression-name' ? (scope.childScopes[0] ?? scope) : scope;
  }
  return module.scopeManager.globalScope;
}

const meant = new WeakMap<TSESTree.Identifier, Scope.Variable | false>();

/** The variable a name means where a node stands; `undefined` for a global nobody declares. */
export function variableNamed(
  name: string,
  at: TSESTree.Node,
  module: Module,
): Scope.Variable | undefined {
  if (at.type !== 'Identifier' || at.name !== name) return lookUp(name, at, module);
  let known = meant.get(at);
  if (known === undefined) meant.set(at, (known = lookUp(name, at, module) ?? false));
  return known === false ? undefined : known;
}

function lookUp(name: string, at: TSESTree.Node, module: Module): Scope.Variable | undefined {
  for (let scope = scopeAround(at, module); scope !== null; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable !== undefined) return variable.defs.length > 0 ? variable : undefined;
  }
  return undefined;
}

const globals = new WeakMap<Module, Map<string, readonly Scope.Reference[]>>();

/** All mentions of the name of a global that the file itself does not declare. */
export function globalReferences(name: string, module: Module): readonly Scope.Reference[] {
  let byName = globals.get(module);
  if (byName === undefined) globals.set(module, (byName = new Map<string, readonly Scope.Reference[]>()));
  let known = byName.get(name);
  if (known === undefined) byName.set(name, (known = findGlobal(name, module)));
  return known;
}

function findGlobal(name: string, module: Module): readonly Scope.Reference[] {
  const { globalScope } = module.scopeManager;
  if (globalScope === null) return [];
  const declared = globalScope.set.get(name)?.references ?? [];
  const through = globalScope.through.filter((reference) => reference.identifier.name === name);
  return [...new Set([...declared, ...through])];
}

/** The places where an identifier's binding is mentioned, declared or global. */
export function mentionsOf(
  identifier: TSESTree.Identifier,
  module: Module,
): readonly Scope.Reference[] {
  const variable = variableNamed(identifier.name, identifier, module);
  return variable?.references ?? globalReferences(identifier.name, module);
}
