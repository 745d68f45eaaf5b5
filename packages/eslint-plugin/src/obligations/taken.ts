import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { linkOf } from '../graph/promise-link.ts';
import { functionOf } from '../read/callee.ts';
import { calleeName, methodOf } from '../read/member.ts';
import { emitterMethods } from '../read/protocol.ts';
import { wholeResource } from '../read/sites.ts';
import { bare, functionAround, isFunction, stringOf, type FunctionNode } from '../read/syntax.ts';
import { isBorrower, isOptionOf, isStored } from './argument.ts';
import { runsAtOnce } from './callback-step.ts';
import { looksReleased } from './mention.ts';
import { inRoot, within, type Run } from './run.ts';
import { isModuleWide, variableOf } from './variable.ts';

/**
 * Where an object went before it was opened: `this.transaction = transaction; await transaction.begin()`.
 *
 * Whoever has it then has it open as well; what was only given as an argument is not sure to be kept.
 */
export function takenBefore(run: Run, variable: Scope.Variable, opening: TSESTree.Node): TSESTree.Node | undefined {
  for (const { identifier, init, writeExpr } of variable.references) {
    if (identifier.range[0] >= opening.range[0]) continue;
    const taker = writeExpr == null ? takerOf(run, identifier) : storedWith(writeExpr, init === true ? undefined : identifier.parent);
    if (taker !== undefined) return taker;
  }
  return keptBefore(run, variable, opening);
}

/** Takes note of who has it: a release of theirs does not prove that what was acquired by its name alone is a resource. */
export function noteTaker({ site, found }: Run, taker: TSESTree.Node): void {
  (site?.proof === 'evidence' ? found.unknownUses : found.releases).add(taker);
}

/** `const transaction = this.transaction = new Transaction(pool)` */
function storedWith(value: TSESTree.Node, assignment: TSESTree.Node | undefined): TSESTree.AssignmentExpression | undefined {
  for (const node of [bare(value), assignment?.parent]) {
    if (node?.type === 'AssignmentExpression' && bare(node.left).type === 'MemberExpression') return node;
  }
  return undefined;
}

function takerOf(run: Run, mention: TSESTree.Node): TSESTree.Node | undefined {
  let value = mention;
  while (value.parent != null && bare(value.parent) === bare(mention)) value = value.parent;
  const { parent } = value;
  switch (parent?.type) {
    case 'AssignmentExpression': {
      if (parent.right !== value) return undefined;
      const target = bare(parent.left);
      const variable = target.type === 'Identifier' ? variableOf(target, run.module) : undefined;
      return target.type === 'MemberExpression' || (variable !== undefined && isModuleWide(variable)) ? parent : undefined;
    }
    case 'Property': {
      const object = parent.parent;
      const isOption = object.parent.type === 'CallExpression' && isOptionOf(object);
      return object.type === 'ObjectExpression' && !isOption ? parent : undefined;
    }
    case 'ArrayExpression':
    case 'ReturnStatement':
      return parent;
    case 'CallExpression': {
      const index = parent.arguments.findIndex((argument) => argument === value);
      if (index < 0) return undefined;
      if (isStored(run, parent, index)) return parent;
      const name = calleeName(parent);
      const isKnown = (name !== undefined && isBorrower(bare(parent.callee), name)) || functionOf(parent.callee, run.module) !== undefined;
      if (!isKnown) run.found.unknownUses.add(parent);
      return undefined;
    }
    default:
      return undefined;
  }
}

/** A function that releases what a variable holds, and was given away before it held anything: `request.on('close', () => client?.release())`. */
export function keptBefore(run: Run, variable: Scope.Variable, opening: TSESTree.Node): TSESTree.Node | undefined {
  for (const { identifier } of variable.references) {
    const fn = ownFunction(run, identifier, opening);
    if (fn === undefined || !looksReleased(run, identifier, wholeResource)) continue;
    const given = namesOf(run, fn).find((name) => isGivenAway(name, opening));
    if (given !== undefined) return given;
  }
  return undefined;
}

/** The outermost function of the walked one that a mention stands in, and the opening does not. */
function ownFunction(run: Run, mention: TSESTree.Node, opening: TSESTree.Node): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (let fn = functionAround(mention); fn !== undefined && fn !== run.graph.root && inRoot(run, fn) && !within(opening, fn); fn = functionAround(fn)) found = fn;
  return found;
}

/** Where a function is mentioned: itself, or the name it has. */
function namesOf(run: Run, fn: FunctionNode): readonly TSESTree.Node[] {
  const { parent } = fn;
  const name = fn.type === 'FunctionDeclaration' ? fn.id : parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : null;
  if (name === null) return [fn];
  return (variableOf(name, run.module)?.references ?? []).flatMap(({ identifier, init }) => (init === true ? [] : [identifier]));
}

/** Is a function put where it may be called at any time, before the opening? An event that tells of an error alone is not such. */
function isGivenAway(fn: TSESTree.Node, opening: TSESTree.Node): boolean {
  let value = fn;
  while (value.parent != null && bare(value.parent) === bare(fn)) value = value.parent;
  const { parent } = value;
  if (value.range[0] > opening.range[0] || parent == null) return false;
  if (parent.type === 'Property' || parent.type === 'ReturnStatement') return true;
  if (parent.type === 'AssignmentExpression') return parent.right === value;
  if (parent.type !== 'CallExpression' || parent.callee === value || linkOf(parent) !== undefined) return false;
  if (isFunction(fn) && runsAtOnce(parent, fn)) return false;
  const name = methodOf(parent)?.name;
  return name === undefined || !emitterMethods.has(name) || stringOf(parent.arguments[0]) !== 'error';
}
