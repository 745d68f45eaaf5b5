import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { isFromProject, specifierOf } from './imports.ts';
import { calleeName, memberName } from './member.ts';
import type { Module } from './module.ts';
import { namedCallsIn } from './named-calls.ts';
import { variableNamed } from './scope.ts';
import { bare, keyName } from './syntax.ts';

/** The calls of a module whose names do not rule out that they acquire. */
export function candidatesIn(module: Module): readonly (TSESTree.CallExpression | TSESTree.NewExpression)[] {
  const { methods, functions, made } = namedCallsIn(module);
  const found: (TSESTree.CallExpression | TSESTree.NewExpression)[] = [...made];
  for (const [name, calls] of methods) if (mayAcquireBy(name, module)) found.push(...calls);
  for (const calls of functions.values()) found.push(...calls);
  return found;
}

function mayAcquireBy(method: string, module: Module): boolean {
  const { facts } = module;
  if (!facts.acquireNames.has(method)) return false;
  const drivers = facts.provenBy(method);
  return drivers === undefined || module.reachesAny(drivers);
}

/**
 * Is a call worth asking whose object it is called on? Most are not, by their name alone, nor
 * where a name that means anything would have to be a driver's and none is in sight.
 */
export function mayAcquire(callee: TSESTree.Node, method: string | undefined, module: Module): boolean {
  const { facts } = module;
  if (method !== undefined) return mayAcquireBy(method, module);
  if (callee.type !== 'Identifier') return false;
  if (facts.acquireNames.has(callee.name)) return true;
  const definition = variableNamed(callee.name, callee, module)?.defs[0];
  return definition !== undefined && !isFromProject(definition, module) && mayBeAcquirer(definition, module);
}

/** May a variable of another name be a function that acquires: imported, destructured, promisified? */
function mayBeAcquirer(definition: Scope.Definition, module: Module): boolean {
  if (definition.type === 'ImportBinding') return mayComeFromDriver(definition, module);
  if (definition.type !== 'Variable') return false;
  const { id, init } = definition.node;
  if (init === null) return true;
  if (id.type === 'ObjectPattern') {
    return id.properties.some(
      (property) => property.type === 'Property' && property.value === definition.name && module.facts.acquireNames.has(keyName(property) ?? ''),
    );
  }
  return mayGiveAcquirer(init, module);
}

function mayGiveAcquirer(node: TSESTree.Node, module: Module): boolean {
  const value = bare(node.type === 'AwaitExpression' ? node.argument : node);
  switch (value.type) {
    case 'CallExpression': {
      const specifier = specifierOf(value, module);
      if (specifier !== undefined) return module.facts.ofModule(specifier).length > 0;
      const name = calleeName(value);
      return name !== undefined && (name === 'promisify' || name === 'bind' || module.facts.acquirerGivers.has(name));
    }
    case 'MemberExpression':
      return module.facts.acquireNames.has(memberName(value) ?? '');
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'ClassExpression':
    case 'Literal':
    case 'TemplateLiteral':
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'NewExpression':
      return false;
    default:
      return true;
  }
}

/** May a name stand for something of a driver? What other packages export does not, whatever they do with drivers. */
export function mayComeFromDriver(definition: Scope.Definition, module: Module): boolean {
  if (definition.type === 'ImportBinding') {
    return definition.parent.type !== 'ImportDeclaration' || module.facts.ofModule(definition.parent.source.value).length > 0;
  }
  const init = definition.type === 'Variable' ? definition.node.init : null;
  const specifier = init === null ? undefined : specifierOf(bare(init), module);
  return specifier === undefined || module.facts.ofModule(specifier).length > 0;
}

/** May `new` make a client that lends at once? Classes of other files are looked into by name. */
export function mayMakeLent(call: TSESTree.NewExpression, module: Module): boolean {
  const { lentClasses } = module.facts;
  if (lentClasses.has(calleeName(call) ?? '')) return true;
  const callee = bare(call.callee);
  // What nobody declares is a global: `new Promise()`, `new Set()`.
  const definition = callee.type === 'Identifier' ? variableNamed(callee.name, callee, module)?.defs[0] : undefined;
  if (definition === undefined || isFromProject(definition, module)) return false;
  switch (definition.type) {
    case 'ImportBinding':
      return mayComeFromDriver(definition, module);
    case 'ClassName':
      return definition.node.superClass !== null;
    case 'Variable':
      return definition.node.init === null || mayBeClass(bare(definition.node.init), module);
    default:
      return false;
  }
}

function mayBeClass(value: TSESTree.Node, module: Module): boolean {
  const specifier = specifierOf(value, module);
  if (specifier !== undefined) return module.facts.ofModule(specifier).length > 0;
  if (value.type === 'MemberExpression') return module.facts.lentClasses.has(memberName(value) ?? '');
  return value.type === 'Identifier' || value.type === 'ClassExpression';
}
