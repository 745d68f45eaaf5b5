import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { memberName, methodOf } from './member.ts';
import type { Module } from './module.ts';
import { variableNamed } from './scope.ts';
import { functionAround, isFunction, parentOf } from './syntax.ts';

/** What a function does with a value that it makes. */
export interface Fate {
  /** It leaves the function, or may: returned, stored, passed on, captured. */
  readonly escapes: boolean;
  /** The methods called on it, and on what they lead to without waiting. */
  readonly methods: ReadonlySet<string>;
}

/** Methods that configure a value and do not show that it is put to work. */
export const idleMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'end', 'close', 'destroy', 'disconnect', 'quit', '$disconnect']);

const gone: Fate = { escapes: true, methods: new Set() };

/** Follows a new value through the function that makes it; `chains` are methods whose promise is of the value itself. */
export function fateOf(made: TSESTree.Expression, module: Module, chains: ReadonlySet<string> = new Set()): Fate {
  const methods = new Set<string>();
  const escapes = leaves(made, { methods, chains, module }, 0);
  return escapes ? gone : { escapes, methods };
}

const wrappers: ReadonlySet<string> = new Set([
  'AwaitExpression', 'ChainExpression', 'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression',
]);

/** One value on its way. */
interface Way {
  readonly methods: Set<string>;
  readonly chains: ReadonlySet<string>;
  readonly module: Module;
}

/** Tells whether the value of an expression may leave; collects what is called on it. */
function leaves(node: TSESTree.Node, way: Way, depth: number): boolean {
  const { methods } = way;
  if (depth > 12) return true;
  const parent = parentOf(node);
  if (parent === undefined) return true;
  if (wrappers.has(parent.type)) return leaves(parent, way, depth + 1);
  switch (parent.type) {
    case 'ExpressionStatement':
      return false;
    case 'MemberExpression': {
      if (parent.object !== node) return true;
      const name = memberName(parent);
      const { parent: outer } = parent;
      if (outer.type === 'AssignmentExpression' && outer.left === parent) return true;
      if (name === undefined) return true;
      if (outer.type !== 'CallExpression' || outer.callee !== parent) {
        return leaves(parent, way, depth + 1);
      }
      methods.add(name);
      // What is awaited is data; what is not may be a part of the value.
      return isAwaited(outer) && !way.chains.has(name) ? false : leaves(outer, way, depth + 1);
    }
    case 'CallExpression':
      if (parent.callee !== node) return true;
      methods.add('()');
      return isAwaited(parent) ? false : leaves(parent, way, depth + 1);
    case 'TaggedTemplateExpression':
      methods.add('()');
      return isAwaited(parent) ? false : leaves(parent, way, depth + 1);
    case 'VariableDeclarator':
      return way.module.scopeManager.getDeclaredVariables(parent).some((variable) => leavesVariable(variable, node, way, depth));
    case 'AssignmentExpression': {
      // `let client; try { client = await open(); } catch { … }`
      const variable = parent.left.type === 'Identifier' && parent.right === node ? variableNamed(parent.left.name, parent.left, way.module) : undefined;
      const isHere = variable !== undefined && parent.parent.type === 'ExpressionStatement' && functionAround(variable.identifiers[0] ?? node) === functionAround(node);
      return !isHere || leavesVariable(variable, node, way, depth);
    }
    case 'IfStatement':
    case 'UnaryExpression':
    case 'BinaryExpression':
      return false;
    default:
      return true;
  }
}

function isAwaited(node: TSESTree.Node): boolean {
  let { parent } = node;
  let link = node;
  // A chain of then, catch and finally is awaited as a whole.
  while (parent?.type === 'MemberExpression' && parent.object === link) {
    const method = methodOf(parent.parent);
    if (method === undefined || !['then', 'catch', 'finally'].includes(method.name)) return false;
    link = parent.parent;
    parent = link.parent;
    if (parent?.type === 'ExpressionStatement') return true;
  }
  return (parent?.type === 'ChainExpression' ? parent.parent : parent)?.type === 'AwaitExpression';
}

function leavesVariable(variable: Scope.Variable, made: TSESTree.Node, way: Way, depth: number): boolean {
  const home = functionAround(made);
  return variable.references.some((reference) => {
    if (reference.isWriteOnly()) return false;
    const { identifier } = reference;
    if (functionAround(identifier) !== home && !runsHere(identifier, home, variable, way.module)) return true;
    return leaves(identifier, way, depth + 1);
  });
}

/** A closure given to a method of the value, or to a promise, runs as part of the function. */
function runsHere(
  node: TSESTree.Node,
  home: TSESTree.Node | undefined,
  variable: Scope.Variable,
  module: Module,
): boolean {
  for (let fn = functionAround(node); fn !== undefined && fn !== home; fn = functionAround(fn)) {
    const call = fn.parent;
    if (call.type !== 'CallExpression') return false;
    if (call.callee === fn) continue;
    const method = methodOf(call);
    if (method === undefined) return false;
    const reaction = ['then', 'catch', 'finally', 'forEach', 'map'].includes(method.name);
    if (!reaction && rootOf(method.object, module) !== variable) return false;
  }
  return true;
}

/** The variable that a chain of members and calls starts with. */
function rootOf(node: TSESTree.Node, module: Module): Scope.Variable | undefined {
  let at: TSESTree.Node = node;
  for (;;) {
    if (at.type === 'MemberExpression') at = at.object;
    else if (at.type === 'CallExpression') at = at.callee;
    else if (wrappers.has(at.type) && 'expression' in at && typeof at.expression === 'object') at = at.expression;
    else break;
  }
  return at.type === 'Identifier' && !isFunction(at) ? variableNamed(at.name, at, module) : undefined;
}
