import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../../read/member.ts';
import { emitterMethods } from '../../read/protocol.ts';
import { bare, functionAround, isClass, isFunction } from '../../read/syntax.ts';
import type { Edit } from './edit.ts';
import type { Held } from './held.ts';

/** A returned value that must be waited for before the resource goes back. */
export interface Wait {
  readonly node: TSESTree.Expression;
  /** Only parentheses make one operand of it. */
  readonly wraps: boolean;
}

/** Array methods that call their argument before they return. */
const loops: ReadonlySet<string> = new Set(['map', 'flatMap', 'filter', 'some', 'every', 'find', 'findIndex', 'reduce']);

/** Whether the use must be waited for; `unsure` where it may outlive the block, or takes the resource away. */
export function waitFor(holder: TSESTree.Node, held: Held): Wait | 'unsure' | undefined {
  let needsWait = false;
  const home = functionAround(held.statement);
  let at = holder;
  for (let { parent } = at; parent !== undefined && parent !== held.block; at = parent, { parent } = at) {
    const isNested = functionAround(parent) !== home || parent === home;
    if (parent.type === 'AwaitExpression' && !isNested) return undefined;
    if (parent.type === 'MemberExpression' && parent.object === at && at === holder) {
      const call = callOf(parent);
      if (call === undefined) return writes(parent) ? undefined : isAwaitable(parent, held) ? 'unsure' : undefined;
      const name = methodOf(call)?.name ?? '';
      if (emitterMethods.has(name)) return undefined;
      if (held.result.site.protocol.operations.has(name)) needsWait = true;
      if (call.arguments.some((argument) => isFunction(bare(argument)))) needsWait = true;
      continue;
    }
    if (at === holder && !isArgument(parent, at)) return 'unsure';
    if (isClass(parent)) return 'unsure';
    if (isFunction(parent)) {
      const call = parent.parent;
      if (call.type !== 'CallExpression' || !loops.has(methodOf(call)?.name ?? '')) return 'unsure';
      needsWait = true;
      continue;
    }
    if (parent.type === 'ReturnStatement' && !isNested) {
      return parent.argument === null ? undefined : returned(parent.argument, isCombined(holder, parent.argument), held);
    }
    if (/(?:Statement|Declaration)$/u.test(parent.type) && !isNested) return needsWait ? 'unsure' : undefined;
  }
  return needsWait ? 'unsure' : undefined;
}

/** `Promise.all([…])`: waiting for it waits for its parts. */
function isCombined(holder: TSESTree.Node, argument: TSESTree.Expression): boolean {
  const value = bare(argument);
  if (value.type !== 'CallExpression') return false;
  const method = methodOf(value);
  if (method?.object.type === 'Identifier' && method.object.name === 'Promise') return true;
  for (let at = holder.parent; at !== undefined && at !== argument; at = at.parent) {
    if (isFunction(at) || at.type === 'ArrayExpression') return false;
  }
  return true;
}

function returned(argument: TSESTree.Expression, isOne: boolean, { mayAwait }: Held): Wait | 'unsure' {
  const value = bare(argument);
  if (!mayAwait || !isOne) {
    const isChoice = value.type === 'ConditionalExpression' || value.type === 'LogicalExpression';
    if (!mayAwait || !isChoice) return 'unsure';
  }
  return { node: argument, wraps: value.type !== 'CallExpression' || argument !== value };
}

function callOf(member: TSESTree.MemberExpression): TSESTree.CallExpression | undefined {
  let callee: TSESTree.Node = member;
  while (callee.parent !== undefined && bare(callee.parent) === member) callee = callee.parent;
  const call = callee.parent;
  return call?.type === 'CallExpression' && call.callee === callee ? call : undefined;
}

function writes(member: TSESTree.MemberExpression): boolean {
  return member.parent.type === 'AssignmentExpression' && member.parent.left === member;
}

/** A method read without a call may be kept and called later. */
function isAwaitable(member: TSESTree.MemberExpression, { result }: Held): boolean {
  const { property } = member;
  const name = !member.computed && property.type === 'Identifier' ? property.name : undefined;
  const { operations, onResource } = result.site.protocol;
  return name === undefined || operations.has(name) || onResource.has(name);
}

/** An argument of a call, on its own or as an option in an object. */
function isArgument(parent: TSESTree.Node, child: TSESTree.Node): boolean {
  if (parent.type === 'CallExpression') return parent.callee !== child;
  if (parent.type !== 'Property' || parent.value !== child) return false;
  const object = parent.parent;
  return object.parent.type === 'CallExpression' && object.parent.callee !== object;
}

/** Inserts `await` before what is returned. */
export function waitEdits(waits: readonly Wait[]): readonly Edit[] {
  return waits.flatMap(({ node: { range }, wraps }) => [
    { range: [range[0], range[0]], text: wraps ? 'await (' : 'await ' } as const,
    ...(wraps ? [{ range: [range[1], range[1]], text: ')' } as const] : []),
  ]);
}
