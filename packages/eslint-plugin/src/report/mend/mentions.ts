import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../../read/member.ts';
import { bare, functionAround, isClass, isFunction } from '../../read/syntax.ts';
import type { Held } from './held.ts';
import { testOf } from './guard.ts';
import { waitFor, type Wait } from './wait.ts';

/** A statement that only gives the resource back. */
export interface ReleaseStatement {
  readonly call: TSESTree.CallExpression;
  readonly waits: boolean;
  readonly statement: TSESTree.Statement;
}

/** How the rest of the block speaks of the resource. */
export interface Mentions {
  readonly releases: readonly ReleaseStatement[];
  /** Returned work that must settle before the release. */
  readonly waits: readonly Wait[];
  /** Calls of its methods that use it. */
  readonly uses: readonly TSESTree.CallExpression[];
  /** The program thinks that it may be nothing. */
  readonly isGuarded: boolean;
  /** It is spoken of in some other way too. */
  readonly isShared: boolean;
}

/** Reads every mention; `undefined` where one of them makes it unsure who owns the resource. */
export function mentionsOf(held: Held): Mentions | undefined {
  const { variable, statement, rest, result } = held;
  const from = statement.range[1];
  const to = rest.at(-1)?.range[1] ?? from;
  const releases: ReleaseStatement[] = [];
  const waits: Wait[] = [];
  const uses: TSESTree.CallExpression[] = [];
  let isGuarded = false;
  let isShared = false;
  for (const reference of variable.references) {
    const { identifier } = reference;
    if (reference.init === true) continue;
    if (reference.isWrite() || identifier.type !== 'Identifier') return undefined;
    if (identifier.range[1] <= from && result.site.shape.kind === 'receiver') continue;
    if (identifier.range[0] < from || identifier.range[1] > to) return undefined;
    const holder = holderOf(identifier);
    if (testOf(holder) !== undefined) {
      isGuarded = true;
      continue;
    }
    const release = releaseOf(holder, held);
    if (release === 'unsure') return undefined;
    if (release !== undefined) {
      releases.push(release);
      isGuarded ||= isOptional(release.call) || release.statement.type === 'IfStatement';
      continue;
    }
    const wait = waitFor(holder, held);
    if (wait === 'unsure') return undefined;
    if (wait !== undefined && !waits.some(({ node }) => node === wait.node)) waits.push(wait);
    const call = usedBy(holder);
    if (call === undefined) isShared = true;
    else uses.push(call);
  }
  const known = new Set<TSESTree.Node>(releases.map(({ call }) => call));
  for (const call of result.run.found.releases) if (!known.has(call)) return undefined;
  return { releases, waits, uses, isGuarded, isShared };
}

function holderOf(node: TSESTree.Node): TSESTree.Node {
  let holder = node;
  while (holder.parent !== undefined && bare(holder.parent) === node) holder = holder.parent;
  return holder;
}

function isOptional(call: TSESTree.CallExpression): boolean {
  return call.callee.type === 'MemberExpression' && call.callee.optional;
}

/** The call of a method on it. */
function usedBy(holder: TSESTree.Node): TSESTree.CallExpression | undefined {
  const member = holder.parent;
  if (member?.type !== 'MemberExpression' || member.object !== holder) return undefined;
  const callee = holderOf(member);
  const call = callee.parent;
  return call?.type === 'CallExpression' && call.callee === callee ? call : undefined;
}

function releaseOf(holder: TSESTree.Node, held: Held): ReleaseStatement | 'unsure' | undefined {
  const { protocol } = held.result.site;
  const own = usedBy(holder);
  const name = own === undefined ? undefined : methodOf(own)?.name;
  if (own !== undefined && name !== undefined) {
    if (name.startsWith('@@')) return 'unsure';
    if (!protocol.onResource.has(name)) return undefined;
    return own.arguments.every((argument) => argument.type === 'Literal') ? statementOf(own, held) : 'unsure';
  }
  const call = holder.parent;
  if (call?.type !== 'CallExpression' || call.callee === holder) return undefined;
  const method = methodOf(call);
  if (method === undefined || !protocol.onOwner.has(method.name)) return undefined;
  return call.arguments.length === 1 ? statementOf(call, held) : 'unsure';
}

function statementOf(call: TSESTree.CallExpression, held: Held): ReleaseStatement | 'unsure' {
  let value = holderOf(call);
  let waits = false;
  if (value.parent?.type === 'AwaitExpression') {
    waits = true;
    value = holderOf(value.parent);
  }
  const logical = value.parent;
  if (logical?.type === 'LogicalExpression' && logical.operator === '&&' && logical.right === value) {
    if (testedBy(logical.left, held)) value = logical;
  }
  const statement = value.parent;
  if (statement?.type !== 'ExpressionStatement' || isNested(statement, held)) return 'unsure';
  const { parent } = statement;
  if (isList(parent)) {
    const around = parent.type === 'BlockStatement' ? parent.parent : undefined;
    const isAlone = parent.type === 'BlockStatement' && parent.body.length === 1;
    if (isAlone && around?.type === 'IfStatement' && isOwnTest(around, held)) return { call, waits, statement: around };
    return { call, waits, statement };
  }
  return parent.type === 'IfStatement' && isOwnTest(parent, held) ? { call, waits, statement: parent } : 'unsure';
}

function isOwnTest(node: TSESTree.IfStatement, held: Held): boolean {
  return node.alternate === null && isList(node.parent) && testedBy(node.test, held);
}

function isList(node: TSESTree.Node): boolean {
  return node.type === 'BlockStatement' || node.type === 'Program';
}

/** Does a condition ask about the resource alone? */
function testedBy(test: TSESTree.Node, { variable }: Held): boolean {
  const inner = bare(test);
  const about = inner.type === 'BinaryExpression' && /^!==?$/u.test(inner.operator) ? bare(inner.left) : inner;
  return variable.references.some(({ identifier }) => identifier === about);
}

/** Does a function or class stand between a node and the block of the acquire? */
function isNested(node: TSESTree.Node, { statement, block }: Held): boolean {
  for (let at = node.parent; at !== undefined && at !== block; at = at.parent) {
    if (isFunction(at) || isClass(at)) return true;
  }
  return functionAround(node) !== functionAround(statement);
}
