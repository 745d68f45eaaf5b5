import type { Release } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Lineage, Method } from '../read/lineage.ts';
import { memberName } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import type { Protocol } from '../read/protocol.ts';
import { bare, functionAround, type ClassNode } from '../read/syntax.ts';
import { returnedBy } from '../read/walk.ts';
import type { Analysis } from './analysis.ts';
import { endings, isReleaser } from './mention.ts';
import { within } from './run.ts';

/** How the methods of a class give back what a field of its object holds. */
export interface Ways {
  readonly ways: ReadonlyMap<string, Release>;
  /** Those that give it back before they throw. */
  readonly failing: ReadonlySet<string>;
}

/**
 * The methods of a class that give back what a field of its object holds, each as a release.
 *
 * Whoever may give it back counts; `undefined` where the object does so by itself: when a timer
 * runs out, or its connection ends.
 */
export function waysBack(
  lineage: Lineage,
  field: string,
  taken: Protocol,
  analysis: Analysis,
  openers: ReadonlySet<Method>,
): Ways | undefined {
  const ways = new Map<string, Release>();
  const failing = new Set<string>();
  const deferred = deferredReleases(lineage, field, taken);
  if (lineage.constructors.some((one) => deferred.has(one)) || [...openers].some((one) => deferred.has(one))) return undefined;
  for (const [name, method] of lineage.methods) {
    const effect = effectOf(name, method, lineage, field, taken, analysis);
    if (deferred.has(method) || effect.ends) ways.set(name, wayBy(name, method));
    else if (effect.endsOnThrow) failing.add(name);
  }
  return ways.size > 0 && callsLater(lineage, ways) ? undefined : { ways, failing };
}

function wayBy(method: string, { fn }: Method): Release {
  const settles = fn.async ? 'promise' : fn.params.length > 0 ? 'callback' : returnedBy(fn).length > 0 ? 'either' : 'sync';
  return { on: 'resource', method, settles, twice: 'unknown' };
}

interface Effect {
  readonly ends: boolean;
  readonly endsOnThrow: boolean;
}

const borrows: Effect = { ends: false, endsOnThrow: false };

function effectOf(name: string, method: Method, { members }: Lineage, field: string, taken: Protocol, analysis: Analysis): Effect {
  const own = members.filter(({ node, module }) => module === method.module && within(node, method.fn));
  const mentions = own.some((one) => one.name === field);
  if (!mentions && !own.some(({ node }) => isCalled(node))) return borrows;
  // What is called so and has the resource at hand gives it back, in whatever way.
  if (mentions && isReleaser(name)) return { ends: true, endsOnThrow: true };
  const outcome = analysis.ofOwn(method, { path: field, role: 'resource' }, taken);
  if (outcome === undefined) return borrows;
  const { released, handedOn, returns, releasedOnThrow } = outcome;
  return { ends: released || (handedOn && !returns), endsOnThrow: releasedOnThrow };
}

/** The methods in which a function that runs later gives the resource back. */
function deferredReleases({ members, methods, constructors }: Lineage, field: string, taken: Protocol): ReadonlySet<Method> {
  const all = [...methods.values(), ...constructors];
  const found = new Set<Method>();
  for (const { name, node, module } of members) {
    const use = node.parent;
    if (name !== field || use.type !== 'MemberExpression' || use.object !== node) continue;
    const way = memberName(use) ?? '';
    if (!taken.onResource.has(way) && !endings.has(way)) continue;
    const method = all.find((one) => one.module === module && within(node, one.fn));
    if (method !== undefined && functionAround(node) !== method.fn) found.add(method);
  }
  return found;
}

/** Does a function inside a method, which may run at any time, call a way back? Then the object may end by itself. */
function callsLater({ members, methods, constructors }: Lineage, ways: ReadonlyMap<string, Release>): boolean {
  const all = [...constructors, ...methods.values()];
  return members.some(({ name, node, module }) => {
    const method = ways.has(name) ? all.find((one) => one.module === module && within(node, one.fn)) : undefined;
    // Given away as a function, it may be called at any time too.
    return method !== undefined && !isBound(node) && (functionAround(node) !== method.fn || !isCalled(node));
  });
}

/** `this.close = this.close.bind(this)`: the same method, whoever calls it. */
function isBound(member: TSESTree.MemberExpression): boolean {
  const { parent } = member;
  if (parent.type === 'AssignmentExpression') return parent.left === member;
  const isBind = parent.type === 'MemberExpression' && parent.object === member && memberName(parent) === 'bind';
  const assignment = isBind ? parent.parent.parent : undefined;
  return assignment?.type === 'AssignmentExpression' && assignment.left.type === 'MemberExpression' && memberName(assignment.left) === memberName(member);
}

function isCalled(member: TSESTree.MemberExpression): boolean {
  return member.parent.type === 'CallExpression' && member.parent.callee === member;
}

/** How an object of a class is given back and used: by the methods that give back what it holds. */
export function objectProtocol(
  node: ClassNode,
  module: Module,
  lineage: Lineage,
  field: string,
  taken: Protocol,
  { ways, failing }: Ways,
): Protocol {
  const names = [...lineage.methods.keys()];
  const onResource = new Map(ways);
  // `db.client.release()`: the resource itself is within reach.
  const places = [field, ...[...lineage.getters].flatMap(([name, getter]) => (returnsField(getter, field) ? [name] : []))];
  for (const place of places) {
    for (const release of taken.onResource.values()) onResource.set(`${place}.${release.method}`, { ...release, method: `${place}.${release.method}` });
  }
  const methodsUsing = (wanted: ReadonlySet<string>): readonly string[] =>
    [...lineage.methods].flatMap(([name, method]) => (usesBy(method, lineage, field, wanted) ? [name] : []));
  return {
    type: `${lineage.name} ${module.filename} ${node.range[0]} ${field}`,
    drivers: taken.drivers,
    role: taken.role,
    onResource,
    onOwner: none,
    operations: empty,
    usableAfterRelease: new Set(names),
    endedWhen: empty,
    infallible: empty,
    accessors: empty,
    faces: empty,
    shown: empty,
    endsWithOwner: empty,
    chains: new Set([...lineage.methods].flatMap(([name, method]) => (returnsItself(method) ? [name] : []))),
    promised: new Set(methodsUsing(taken.promised).filter((name) => ways.get(name)?.settles === 'promise')),
    lendingItself: empty,
    lasting: new Set(methodsUsing(taken.lasting)),
    endsAfterError: false,
    consumedByIteration: false,
    disposable: { sync: ways.has('@@dispose'), async: ways.has('@@asyncDispose') },
    held: {
      ways: [...ways.keys()],
      failing,
      shows: new Set([...lineage.methods].flatMap(([name, method]) => (returnsField(method, field) ? [name] : []))),
    },
  };
}

const empty: ReadonlySet<string> = new Set();
const none: ReadonlyMap<string, Release> = new Map();

function usesBy({ fn, module }: Method, { members }: Lineage, field: string, wanted: ReadonlySet<string>): boolean {
  return members.some(({ name, node, module: home }) => {
    const use = node.parent;
    return name === field && home === module && within(node, fn) && use.type === 'MemberExpression' && use.object === node && wanted.has(memberName(use) ?? '');
  });
}

function returnsField({ fn }: Method, field: string): boolean {
  return returnedBy(fn).some((value) => {
    const member = value === null ? undefined : bare(value);
    return member?.type === 'MemberExpression' && memberName(member) === field && bare(member.object).type === 'ThisExpression';
  });
}

function returnsItself({ fn }: Method): boolean {
  const values = returnedBy(fn);
  return values.length > 0 && values.every((value) => value !== null && bare(value).type === 'ThisExpression');
}
