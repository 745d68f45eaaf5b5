import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { Module } from '../read/module.ts';

const indexes = new WeakMap<Module, ReadonlyMap<TSESTree.Node, Scope.Variable>>();

/** The variable an identifier means or declares; `undefined` for undeclared globals. */
export function variableOf(node: TSESTree.Node, module: Module): Scope.Variable | undefined {
  let index = indexes.get(module);
  if (index === undefined) indexes.set(module, (index = indexOf(module)));
  return index.get(node);
}

function indexOf(module: Module): ReadonlyMap<TSESTree.Node, Scope.Variable> {
  const index = new Map<TSESTree.Node, Scope.Variable>();
  for (const scope of module.scopeManager.scopes) {
    for (const variable of scope.variables) {
      for (const identifier of variable.identifiers) index.set(identifier, variable);
      for (const reference of variable.references) index.set(reference.identifier, variable);
    }
  }
  return index;
}

/** Is it declared where the whole module sees it? */
export function isModuleWide(variable: Scope.Variable): boolean {
  const { type, block } = variable.scope;
  return type === 'module' || type === 'global' || (type === 'function' && block.type === 'Program');
}
