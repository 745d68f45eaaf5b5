import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { Module } from '../read/module.ts';
import { scopeAround } from '../read/scope.ts';
import { bare } from '../read/syntax.ts';

/** What identifiers mean, as far as the scopes they stand in were gone through. */
interface Index {
  readonly variables: Map<TSESTree.Node, Scope.Variable | undefined>;
  readonly seen: Set<Scope.Scope>;
}

const indexes = new WeakMap<Module, Index>();

/** The variable an identifier means or declares; `undefined` for undeclared globals. */
export function variableOf(node: TSESTree.Node, module: Module): Scope.Variable | undefined {
  let index = indexes.get(module);
  if (index === undefined) indexes.set(module, (index = { variables: new Map(), seen: new Set() }));
  const { variables } = index;
  const known = variables.get(node);
  if (known !== undefined || variables.has(node)) return known;
  for (let scope = scopeAround(node, module); scope !== null && !variables.has(node); scope = scope.upper) addScope(scope, index);
  if (!variables.has(node)) variables.set(node, undefined);
  return variables.get(node);
}

function addScope(scope: Scope.Scope, { variables, seen }: Index): void {
  if (seen.has(scope)) return;
  seen.add(scope);
  for (const { identifier, resolved } of scope.references) variables.set(identifier, resolved ?? undefined);
  for (const variable of scope.variables) for (const identifier of variable.identifiers) variables.set(identifier, variable);
}

/** The name that is given what an expression gives: `const db = new Database()`, `db = await open()`. */
export function nameGiven(node: TSESTree.Node): TSESTree.Identifier | undefined {
  let value = node;
  while (value.parent != null && (value.parent.type === 'AwaitExpression' || bare(value.parent) === bare(value))) value = value.parent;
  const { parent } = value;
  const name = parent?.type === 'VariableDeclarator' ? parent.id : parent?.type === 'AssignmentExpression' ? parent.left : undefined;
  return name?.type === 'Identifier' ? name : undefined;
}

/** Is it declared where the whole module sees it? */
export function isModuleWide(variable: Scope.Variable): boolean {
  const { type, block } = variable.scope;
  return type === 'module' || type === 'global' || (type === 'function' && block.type === 'Program');
}
