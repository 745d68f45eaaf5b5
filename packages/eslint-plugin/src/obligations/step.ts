import type { TSESTree } from '@typescript-eslint/utils';
import type { Edge, FlowNode } from '../graph/graph.ts';
import { linkOf } from '../graph/promise-link.ts';
import { isCallback, namesError } from '../read/forms.ts';
import { memberName, methodOf } from '../read/member.ts';
import { emitterMethods } from '../read/protocol.ts';
import { bare, isFunction, type FunctionNode } from '../read/syntax.ts';
import { assign, declare } from './assign.ts';
import { bindPattern } from './bind.ts';
import { callStep, isOptionOf, releases, tagStep } from './call-step.ts';
import { callbackStep, runsAtOnce } from './callback-step.ts';
import { isDriverCall } from './driver-call.ts';
import { assume } from './conditions.ts';
import { isReleaseName, mentionsIn, releasesWithin } from './mention.ts';
import { settlementOf } from './settlement.ts';
import { tokenOf, within, type Run } from './run.ts';
import { owes, withFact, withTokens, type State } from './state.ts';
import { carries, elementViews, isResource, viewsOf } from './values.ts';
import { variableOf } from './variable.ts';

/** The states that an evaluation leads to, one per edge it can leave by. */
export function step(run: Run, state: State, node: FlowNode): readonly (readonly [Edge, State])[] {
  switch (node.kind) {
    case 'test':
      return test(run, state, node);
    case 'callback': {
      const ways = callbackStep(run, state, node);
      return node.edges.flatMap((edge) => {
        const reached = edge.kind === 'run' ? ways.run : ways.skip;
        return reached === undefined ? [] : [[edge, reached] as const];
      });
    }
    case 'threw':
      return threw(node, state);
    case 'eval':
      return leaveBy(run, node, ...evaluated(run, state, node));
    case 'settle':
      return leaveBy(run, node, state, waited(run, state, node.ast));
    case 'bind':
      return leaveBy(run, node, bound(run, state, node), state);
    case 'return':
      return leaveBy(run, node, returned(run, state, node), state);
    case 'dispose':
      return leaveBy(run, node, disposed(run, state, node), disposed(run, state, node));
    case 'join':
      return leaveBy(run, node, joined(state, node), state);
    default:
      return leaveBy(run, node, state, state);
  }
}

function leaveBy(
  run: Run,
  node: FlowNode,
  next: State | undefined,
  onThrow: State | undefined,
): readonly (readonly [Edge, State])[] {
  return node.edges.flatMap((edge): readonly (readonly [Edge, State])[] => {
    if (edge.kind !== 'throw') return next === undefined ? [] : [[edge, next]];
    if (onThrow === undefined || !mayThrow(run, onThrow, node, edge)) return [];
    const counts = onThrow.status !== 'unopened' && !onThrow.exceptional;
    return [[edge, counts ? { ...onThrow, exceptional: true } : onThrow]];
  });
}

/** Does the policy take this exception for possible, here, for this resource? */
function mayThrow(run: Run, state: State, node: FlowNode, edge: Edge): boolean {
  const { tier = 0 } = edge;
  if (tier === 0) return true;
  if (run.policy === 'off') return false;
  if (tier === 1) return !isSettled(run, node.ast);
  if (run.policy === 'all' && tier === 3) return true;
  if (tier === 3) return false;
  if (isHarmless(run, state, node.ast)) return false;
  if (run.policy !== 'await') return true;
  const method = methodOf(node.ast);
  if (method === undefined) return false;
  const last = node.ast.type === 'CallExpression' ? node.ast.arguments.at(-1) : undefined;
  // A call with a callback, or with a stream or cursor, tells of its failure there.
  if (last !== undefined && (isCallback(last) || startsStream(node.ast))) return false;
  if (isResource(run, state, method.object)) return settlementOf(node.ast) !== 'awaited';
  return isDriverCall(run, node.ast);
}

function startsStream(ast: TSESTree.Node): boolean {
  const first = ast.type === 'CallExpression' ? ast.arguments[0] : undefined;
  return first !== undefined && bare(first).type === 'NewExpression' && ast.parent?.type !== 'AwaitExpression';
}

/**
 * Does a call give some connection back, whosever it is? Taking it for a failure would demand a
 * `finally` for each of two releases in a row.
 */
function givesBack(call: TSESTree.Node): boolean {
  const method = methodOf(call);
  if (method === undefined || !returns.has(method.name) || call.type !== 'CallExpression') return false;
  // `Model.destroy({ transaction })` is a query.
  return !call.arguments.some(isOptionOf);
}

const returns: ReadonlySet<string> = new Set([
  'release', 'releaseConnection', 'destroy', 'end', 'close', 'endSession', '@@dispose', '@@asyncDispose',
]);

/** Is a promise awaited that cannot reject here? */
function isSettled(run: Run, ast: TSESTree.Node): boolean {
  if (ast.type !== 'AwaitExpression') return false;
  // `(await pool).release(client)`: without the pool there were no client.
  const text = run.module.text.slice(...ast.range);
  if (run.site?.owner === text) return true;
  const call = bare(ast.argument);
  if (givesBack(call) || methodOf(call)?.name === 'allSettled') return true;
  return call.type === 'CallExpression' && run.analysis.neverRejects(call, run.module);
}

function isHarmless(run: Run, state: State, ast: TSESTree.Node): boolean {
  if (ast.type !== 'CallExpression') return false;
  if (ast === run.site?.call && state.status === 'unopened') return false;
  const callee = bare(ast.callee);
  if (callee.type === 'Identifier') {
    return ['clearTimeout', 'clearInterval', 'setTimeout', 'Boolean', 'String'].includes(callee.name) || releases(run, state, ast);
  }
  const method = methodOf(ast);
  if (method === undefined) return false;
  if (method.object.type === 'Identifier' && method.object.name === 'console') return true;
  if (givesBack(ast)) return true;
  const { infallible, chains, endedWhen } = run.protocol;
  const quiet = [emitterMethods, infallible, chains, endedWhen].some((set) => set.has(method.name));
  if (quiet && isResource(run, state, method.object)) return true;
  return (isReleaseName(run, method.name) && isResource(run, state, method.object)) || releases(run, state, ast);
}

/** The state after an evaluation, and the state with which its exception leaves. */
function evaluated(
  run: Run,
  state: State,
  node: FlowNode,
): readonly [State | undefined, State | undefined] {
  const { ast } = node;
  switch (ast.type) {
    case 'CallExpression':
    case 'NewExpression':
      if (ast === run.site?.call) return opened(run, state, ast);
      if (state.status === 'unopened') return [state, state];
      return both(callStep(run, state, ast));
    case 'AwaitExpression':
      return [settledNow(run, state, ast), waited(run, state, ast.argument)];
    case 'YieldExpression':
      return ast.argument !== null && ast.argument !== undefined && carries(run, state, ast.argument) ? [undefined, undefined] : [state, state];
    case 'TaggedTemplateExpression':
      return state.status === 'unopened' ? both(state) : both(tagStep(run, state, ast));
    case 'AssignmentExpression':
      return [assign(run, state, ast), state];
    case 'VariableDeclarator':
      return [declare(run, state, ast), state];
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return both(closure(run, state, ast));
    default:
      return [state, state];
  }
}

/** A closure that takes the resource out of the function. */
function closure(run: Run, state: State, fn: FunctionNode): State | undefined {
  const mentions = mentionsIn(state, fn);
  if (mentions.length === 0) return state;
  let holder: TSESTree.Node = fn;
  while (holder.parent != null && isPartOfValue(holder.parent)) holder = holder.parent;
  const use = holder.parent;
  if (use?.type === 'VariableDeclarator') return state;
  // Whoever is returned the release owes from here on, not from the acquire.
  if (use?.type === 'ReturnStatement' && leavesRoot(run, use) && releasesWithin(run, state, fn)) {
    run.found.releases.add(fn);
    return undefined;
  }
  const isArgument = use?.type === 'CallExpression';
  const isGiven = mentions.some(({ parent }) => parent?.type === 'CallExpression' || parent?.type === 'NewExpression');
  if (!isArgument || isGiven) run.found.unknownUses.add(fn);
  return state;
}

function isPartOfValue(node: TSESTree.Node): boolean {
  return ['Property', 'ObjectExpression', 'ArrayExpression', 'ConditionalExpression', 'LogicalExpression', 'TSAsExpression'].includes(node.type);
}

function both(state: State | undefined): readonly [State | undefined, State | undefined] {
  return [state, state];
}

/** The acquire itself. */
function opened(
  run: Run,
  state: State,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly [State | undefined, State | undefined] {
  const { site } = run;
  if (site === undefined) return both(state);
  const before: State = { ...state, tokens: [], status: 'unopened', exceptional: false, releasedBy: undefined, inflight: undefined };
  if (site.shape.kind === 'callback') {
    // A callback that is not written here is somebody else's to judge.
    const isHere = run.graph.nodes.some((node) => node.kind === 'callback' && node.call === call);
    if (!isHere) run.found.unknownUses.add(call);
    return [isHere ? { ...before, status: 'opening' } : undefined, before];
  }
  const promised = site.shape.kind === 'receiver' || site.shape.promised;
  const fresh: State = { ...before, status: site.lazy ? 'lazy' : promised ? 'pending' : 'held' };
  if (site.shape.kind === 'receiver') {
    const { receiver } = site.shape;
    const variable = variableOf(receiver, run.module);
    if (variable === undefined) return both(before);
    const whole = { path: '', role: 'resource' } as const;
    return [withTokens(fresh, [tokenOf(run, variable, whole), tokenOf(run, call, whole)]), before];
  }
  return [withTokens(fresh, site.shape.views.map((view) => tokenOf(run, call, view))), before];
}

/** After `await`: what was pending is held, what was started has settled. */
function settledNow(run: Run, state: State, node: TSESTree.AwaitExpression): State {
  let reached = state;
  if (state.status === 'pending' && touches(run, state, node.argument)) reached = { ...reached, status: 'held' };
  if (state.inflight !== undefined && within(state.inflight, node)) reached = { ...reached, inflight: undefined };
  return reached;
}

/** What a rejection of an awaited promise leaves. */
function waited(run: Run, state: State, argument: TSESTree.Node): State | undefined {
  const awaited = bare(argument);
  if (state.status === 'pending' && touches(run, state, awaited)) return undefined;
  if (state.status === 'released' && run.found.keptOnThrow.has(awaited)) return { ...state, status: 'held' };
  if (state.status === 'released' && state.releasedBy === awaited) return { ...state, status: 'uncertain' };
  if (state.status === 'released' && state.releasedBy !== undefined && within(state.releasedBy, awaited)) {
    return { ...state, status: 'uncertain' };
  }
  return state;
}

/** Is it the pending resource that is waited for, or its own connecting? */
function touches(run: Run, state: State, argument: TSESTree.Node): boolean {
  const method = methodOf(bare(argument));
  // Of several acquires at once one may arrive and another fail.
  if (method?.name === 'all' && method.object.type === 'Identifier') return false;
  if (viewsOf(run, state, argument).some((view) => view.role === 'resource')) return true;
  return method !== undefined && method.name === 'connect' && isResource(run, state, method.object);
}

function bound(run: Run, state: State, node: FlowNode): State | undefined {
  const { ast, value, call } = node;
  if (state.status === 'unopened') return state;
  if (isFunction(ast) && call !== undefined) {
    const views = value === undefined ? [] : viewsOf(run, state, value);
    const held: State = views.length > 0 && state.status === 'pending' ? { ...state, status: 'held' } : state;
    const reached = bindPattern(run, held, ast.params[0], views);
    return reached;
  }
  if (call !== undefined) return handled(run, state, ast, value);
  if (value !== undefined && ast.type === 'CallExpression') {
    return withTokens(state, viewsOf(run, state, value).map((view) => tokenOf(run, ast, view)));
  }
  if (value !== undefined) {
    // The variable of a loop: each turn leads to one of the collection's elements.
    const views = viewsOf(run, state, value).flatMap((view) => {
      const [, ...rest] = view.path.split('.');
      return view.path === '' ? [] : [{ path: rest.join('.'), role: view.role }];
    });
    return bindPattern(run, state, ast, views);
  }
  return bindPattern(run, state, ast, []);
}

/** A reaction that is no function literal: `.then(use)`, `.finally(release)`. */
function handled(run: Run, state: State, handler: TSESTree.Node, value: TSESTree.Node | undefined): State | undefined {
  if (viewsOf(run, state, handler).some((view) => view.path === '' && view.role === 'handle')) {
    run.found.releases.add(handler);
    return { ...state, status: 'released', releasedBy: handler };
  }
  const views = value === undefined ? [] : viewsOf(run, state, value);
  if (views.length === 0) return state;
  // Whoever the value is handed to as a function we cannot see takes it over.
  run.found.unknownUses.add(handler);
  return undefined;
}

function returned(run: Run, state: State, node: FlowNode): State | undefined {
  if (state.status === 'unopened' || state.tokens.length === 0) return state;
  const { ast, value } = node;
  // A `return` in a `finally` takes the place of the one that led there.
  if (state.status === 'returning') return leavesRoot(run, ast) ? { ...state, status: 'held' } : state;
  const argument = ast.type === 'ReturnStatement' ? ast.argument : ast;
  if (argument === null) return state;
  const views = viewsOf(run, state, argument);
  if (value !== undefined) {
    return withTokens(state, views.map((view) => tokenOf(run, value, view)));
  }
  if (!leavesRoot(run, ast)) return state;
  if (!carries(run, state, argument)) return state;
  if (state.status === 'released') {
    return state;
  }
  run.found.gives.push({ kind: 'return', views, lazy: state.status === 'lazy' });
  return { ...state, status: 'returning' };
}

function leavesRoot(run: Run, ast: TSESTree.Node): boolean {
  if (ast === run.graph.root) return true;
  let at: TSESTree.Node | undefined = ast.parent;
  while (at != null && !isFunction(at)) at = at.parent;
  return at == null || at === run.graph.root;
}

function disposed(run: Run, state: State, node: FlowNode): State {
  const { ast } = node;
  if (ast.type !== 'VariableDeclarator' || ast.id.type !== 'Identifier') return state;
  const variable = variableOf(ast.id, run.module);
  const leads = state.tokens.some((token) => token.base === variable && token.path === '');
  if (!leads || state.status === 'unopened') return state;
  run.found.releases.add(ast);
  if (state.status === 'released') {
    if (state.releasedBy !== undefined) run.found.doubles.set(ast, state.releasedBy);
    return state;
  }
  if (state.inflight !== undefined) run.found.earlyReleases.set(state.inflight, ast);
  return { ...state, status: 'released', releasedBy: ast, inflight: undefined };
}

/** Behind a callback: what it did may lie in the future still. */
function joined(state: State, node: FlowNode): State {
  if (state.status === 'returning' && leavesFinally(node.ast)) return { ...state, status: 'held' };
  if (node.call === undefined || state.status !== 'released') return state;
  const by = state.releasedBy;
  return by !== undefined && within(by, node.call) ? { ...state, status: 'uncertain' } : state;
}

/** A `break` or `continue` out of a `finally`, which takes the place of the `return` before it. */
function leavesFinally(jump: TSESTree.Node): boolean {
  if (jump.type !== 'BreakStatement' && jump.type !== 'ContinueStatement') return false;
  for (let at: TSESTree.Node = jump; at.parent != null && !isFunction(at); at = at.parent) {
    const { parent }: { parent: TSESTree.Node } = at;
    if (parent.type === 'TryStatement' && parent.finalizer === at) return true;
    const isTarget = /^(?:For|While|DoWhile|Switch)/.test(parent.type);
    if (isTarget && jump.label === null) return false;
  }
  return false;
}

function threw(node: FlowNode, state: State): readonly (readonly [Edge, State])[] {
  const { ast: fn, call } = node;
  if (!isFunction(fn) || call === undefined) return [];
  const crashes = !fn.async && !runsAtOnce(call, fn) && fn.params.length > 0;
  const wanted = crashes ? 'crash' : 'throw';
  return node.edges.filter((edge) => edge.kind === wanted).map((edge) => [edge, state] as const);
}

function test(run: Run, state: State, node: FlowNode): readonly (readonly [Edge, State])[] {
  const { ast } = node;
  const list = listOf(ast);
  if (list !== undefined && elementViews(run, state, list).length > 0) return turn(state, node);
  if (ast.type === 'ForOfStatement' || ast.type === 'ForInStatement') {
    const reads = run.protocol.consumedByIteration || run.protocol.role === 'body';
    const consumed = owes(state) && reads && viewsOf(run, state, ast.right).length > 0;
    if (consumed) run.found.releases.add(ast);
    const reached: State = consumed ? { ...state, status: 'released', releasedBy: undefined } : state;
    return leaveBy(run, node, reached, reached);
  }
  if (ast.type === 'SwitchCase') return node.edges.map((edge) => [edge, state] as const);
  const isError = owes(state) && isErrorOfCallback(run, state, ast);
  return node.edges.flatMap((edge): readonly (readonly [Edge, State])[] => {
    if (edge.kind === 'throw') return [];
    const way = edge.kind === 'true';
    const reached = assume(run, state, ast, way);
    if (reached === undefined) return [];
    return [[edge, way && isError ? { ...reached, exceptional: true } : reached]];
  });
}

/** What a loop goes through: `for (const client of clients)`, `i < clients.length`. */
function listOf(test: TSESTree.Node): TSESTree.Node | undefined {
  if (test.type === 'ForOfStatement') return test.right;
  if (test.type !== 'BinaryExpression' || test.parent.type !== 'ForStatement') return undefined;
  const { right } = test;
  return right.type === 'MemberExpression' && memberName(right) === 'length' ? right.object : undefined;
}

/** Of the turns over a list that holds the resource, exactly one is for it. */
function turn(state: State, node: FlowNode): readonly (readonly [Edge, State])[] {
  const key = `turn${node.ast.range[0]}`;
  const wanted = state.facts.has(key) ? 'false' : 'true';
  const reached = withFact(state, key, wanted === 'true' ? true : undefined);
  return node.edges.filter((edge) => edge.kind === wanted).map((edge) => [edge, reached] as const);
}

/** The error parameter of a callback that is part of the walk. */
function isErrorOfCallback(run: Run, state: State, node: TSESTree.Node): boolean {
  const expression = bare(node);
  if (expression.type !== 'Identifier') return false;
  const definition = variableOf(expression, run.module)?.defs[0];
  if (definition?.type !== 'Parameter' || definition.node === run.graph.root) return false;
  const fn = definition.node;
  const caller = fn.parent?.type === 'CallExpression' ? fn.parent : undefined;
  if (caller !== undefined && linkOf(caller) !== undefined) return false;
  if (namesError(expression.name)) return true;
  const method = caller === undefined ? undefined : methodOf(caller);
  const isFirst = 'params' in fn && fn.params[0] === definition.name;
  return isFirst && method !== undefined && isResource(run, state, method.object);
}
