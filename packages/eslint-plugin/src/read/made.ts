import type { Driver, Maker } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import { makersOf } from './catalogued.ts';
import { mayComeFromDriver } from './candidate.ts';
import { isFromProject } from './imports.ts';
import type { Module } from './module.ts';
import { memberName } from './member.ts';
import { namedCallsIn } from './named-calls.ts';
import { originOf } from './origin.ts';
import { variableNamed } from './scope.ts';
import { bare } from './syntax.ts';

/** A call or construction that makes a value of a driver. */
export interface Made {
  readonly driver: Driver;
  readonly maker: Maker;
  /** The module the maker was imported from. */
  readonly module: string;
}

/** The maker that an expression calls, if its import proves it. */
export function madeAt(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  module: Module,
): Made | undefined {
  if (!mayMake(node.callee, module)) return undefined;
  const callee = originOf(node.callee, module);
  if (callee?.kind !== 'export' && callee?.kind !== 'module') return undefined;
  const maker = makersOf(callee).find(({ how }) => (node.type === 'NewExpression') === (how === 'new'));
  return maker === undefined ? undefined : { driver: callee.driver, maker, module: callee.module };
}

/** The calls and constructions of a module whose names do not rule out that they make a value of a driver. */
export function mayMakeIn(module: Module): readonly (TSESTree.CallExpression | TSESTree.NewExpression)[] {
  const { methods, functions, nameless, made } = namedCallsIn(module);
  const found: (TSESTree.CallExpression | TSESTree.NewExpression)[] = [...made, ...nameless];
  for (const [name, calls] of methods) if (module.facts.makerNames.has(name)) found.push(...calls);
  for (const calls of functions.values()) found.push(...calls);
  return found;
}

/** Is a callee worth asking where it comes from? Most are not, by their name alone. */
function mayMake(node: TSESTree.Node, module: Module): boolean {
  const callee = bare(node);
  if (callee.type === 'MemberExpression') return module.facts.makerNames.has(memberName(callee) ?? '');
  if (callee.type !== 'Identifier') return callee.type === 'CallExpression';
  if (module.facts.makerNames.has(callee.name)) return true;
  const definition = variableNamed(callee.name, callee, module)?.defs[0];
  if (definition?.type === 'ClassName') return true;
  if (definition?.type !== 'ImportBinding' && definition?.type !== 'Variable') return false;
  if (!isFromProject(definition, module)) return mayComeFromDriver(definition, module);
  // What a file of the project passes on keeps its name: a maker of another name is not looked for.
  const { node: binding } = definition;
  return binding.type === 'ImportSpecifier' && binding.imported.type === 'Identifier' && module.facts.makerNames.has(binding.imported.name);
}
