import type { TSESTree } from '@typescript-eslint/utils';
import type { Edge, FlowNode } from '../graph/graph.ts';
import { methodOf } from '../read/member.ts';
import { bare, isFunction, type FunctionNode } from '../read/syntax.ts';
import { assign, declare } from './assign.ts';
import { bindPattern } from './bind.ts';
import { callStep, tagStep } from './call-step.ts';
import { callbackStep, runsAtOnce } from './callback-step.ts';
import { isOnlyCalled, whileMayRun } from './closure-writes.ts';
import { mayAwaitTurns } from './left-running.ts';
import { mentionsIn, releasesWithin } from './mention.ts';
import { tokenOf, within, type Run } from './run.ts';
import { rejectionKey, withFact, withTokens, withoutBase, type State } from './state.ts';
import { carries, isResource, viewsOf } from './values.ts';
import { testStep } from './test-step.ts';
import { leaveBy } from './throwing.ts';
import { variableOf } from './variable.ts';

/** The states that an evaluation leads to, one per edge it can leave by. */
export function step(run: Run, state: State, node: FlowNode): readonly (readonly [Edge, State])[] {
  switch (node.kind) {
    case 'test':
      return testStep(run, withoutOperands(state, node.ast), node);
    case 'callback': {
      const ways = callbackStep(run, state, node);
      return node.edges.flatMap((edge) => {
        if (edge.kind === 'run') return ways.run === undefined ? [] : [[edge, ways.run] as const];
        return ways.skip === undefined ? [] : [[edge, isFunction(node.ast) ? whileMayRun(run, ways.skip, node.ast) : ways.skip] as const];
      });
    }
    case 'threw':
      return threw(run, node, state);
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

/** What the operands of a condition came to in an earlier turn of a loop is not their value in this one. */
function withoutOperands(state: State, test: TSESTree.Node): State {
  const { parent } = test;
  if (parent?.type !== 'ConditionalExpression' && parent?.type !== 'LogicalExpression') return state;
  const stale = state.tokens.find(({ base }) => 'range' in base && within(base, parent) && !within(base, test));
  return stale === undefined ? state : withoutOperands(withoutBase(state, stale.base), test);
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
      return called(run, state, callStep(run, state, ast), ast);
    case 'AwaitExpression':
      return awaited(run, state, ast);
    case 'YieldExpression':
      return ast.argument && carries(run, state, ast.argument) ? [undefined, undefined] : [state, state];
    case 'TaggedTemplateExpression':
      return state.status === 'unopened' ? both(state) : both(tagStep(run, state, ast));
    case 'AssignmentExpression':
      return [assign(run, state, ast), state];
    case 'VariableDeclarator':
      return [declare(run, state, ast), state];
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return both(kept(run, closure(run, state, ast), ast));
    default:
      return [state, state];
  }
}

/** What a function may do that was put somewhere: from here on, it may run. */
function kept(run: Run, state: State | undefined, fn: FunctionNode): State | undefined {
  return state === undefined || isOnlyCalled(run, fn) ? state : whileMayRun(run, state, fn);
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
    // Part of an object, it is a way back that the caller finds there by its name.
    return viewsOf(run, state, use.argument).some((view) => view.role === 'handle' && /^[^*]/u.test(view.path)) ? state : undefined;
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

/** A call whose own exception it is has started nothing. */
function called(run: Run, before: State, after: State | undefined, call: TSESTree.Node): readonly [State | undefined, State | undefined] {
  if (after?.status === 'held' && run.found.endedOnThrow.has(call)) return [after, { ...after, status: 'uncertain' }];
  return [after, after?.inflight === call ? { ...after, inflight: before.inflight } : after];
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
  if (site.shape.kind === 'callback' || (site.shape.kind === 'receiver' && site.shape.told)) {
    // A callback that is not written here is somebody else's to judge.
    const isHere = run.graph.nodes.some((node) => node.kind === 'callback' && node.call === call);
    if (!isHere) forward(run, call);
    return [isHere ? { ...before, status: 'opening' } : undefined, before];
  }
  const promised = site.shape.kind === 'receiver' || site.shape.promised;
  const fresh: State = { ...before, status: site.lazy ? 'lazy' : promised ? 'pending' : 'held' };
  if (site.shape.kind === 'receiver') {
    const { receiver } = site.shape;
    const variable = variableOf(receiver, run.module);
    if (variable === undefined) return both(before);
    const whole = { path: '', role: 'resource' } as const;
    const result = site.shape.result ?? [whole];
    return [withTokens(fresh, [tokenOf(run, variable, whole), ...result.map((view) => tokenOf(run, call, view))]), before];
  }
  return [withTokens(fresh, site.shape.views.map((view) => tokenOf(run, call, view))), before];
}

/** `pool.getConnection(callback)`: the resource goes to whoever gave the callback. */
function forward(run: Run, call: TSESTree.CallExpression | TSESTree.NewExpression): void {
  const last = call.arguments.at(-1);
  const callback = last === undefined ? undefined : bare(last);
  const parameter = callback?.type === 'Identifier' ? variableOf(callback, run.module) : undefined;
  const definition = parameter?.defs[0];
  const isGiven = definition?.type === 'Parameter' && definition.node === run.graph.root;
  if (parameter !== undefined && isGiven && run.site?.shape.kind === 'callback' && !parameter.references.some((one) => one.isWrite())) {
    run.found.gives.push({ kind: 'callback', parameter, argument: run.site.shape.resource, forwarded: true });
  } else {
    run.found.unknownUses.add(call);
  }
}

function awaited(run: Run, state: State, ast: TSESTree.AwaitExpression): readonly [State | undefined, State | undefined] {
  const made = bare(ast.argument);
  const key = made.type === 'NewExpression' ? rejectionKey(made) : undefined;
  // What its executor rejected does not go on behind the `await`.
  if (key !== undefined && state.facts.get(key) === true) return [undefined, waited(run, settledNow(run, withFact(state, key, undefined), ast), ast.argument)];
  const next = settledNow(run, state, ast);
  // Whatever it was that an executor started, its callback has run once the promise is rejected.
  const isSettled = key !== undefined || mayAwaitTurns(state, ast);
  return [next, waited(run, isSettled ? { ...state, inflight: next.inflight } : state, ast.argument)];
}

/** After `await`: what was pending is held, what was started has settled. */
function settledNow(run: Run, state: State, node: TSESTree.AwaitExpression): State {
  let reached = state;
  if (state.status === 'pending' && touches(run, state, node.argument)) reached = { ...reached, status: 'held' };
  if (state.inflight !== undefined && (within(state.inflight, node) || mayAwaitTurns(state, node))) reached = { ...reached, inflight: undefined };
  return reached;
}

/** What a rejection of an awaited promise leaves. */
function waited(run: Run, state: State, argument: TSESTree.Node): State | undefined {
  const awaited = bare(argument);
  if (state.status === 'pending' && touches(run, state, awaited)) return undefined;
  // `await new Promise((resolve) => pool.getConnection((e, c) => resolve(c)))`: what was resolved with it did not fail.
  if (state.status === 'held' && awaited.type !== 'Identifier' && !isGathered(awaited) && isResource(run, state, awaited)) return undefined;
  if (state.status === 'held' && isEnding(run, awaited)) return { ...state, status: 'uncertain' };
  if (state.status === 'released' && run.found.keptOnThrow.has(awaited)) return { ...state, status: 'held' };
  if (state.status === 'released' && state.releasedBy === awaited) return { ...state, status: 'uncertain' };
  if (state.status === 'released' && state.releasedBy !== undefined && within(state.releasedBy, awaited)) {
    return { ...state, status: 'uncertain' };
  }
  return state;
}

/** Is something awaited that gives the resource back before it fails? */
function isEnding(run: Run, awaited: TSESTree.Node): boolean {
  for (const call of run.found.endedOnThrow) if (within(call, awaited)) return true;
  return false;
}

function isGathered(node: TSESTree.Node): boolean {
  const method = methodOf(node);
  return method?.object.type === 'Identifier' && method.object.name === 'Promise';
}

/** `Promise.all([pool.connect()])`: where one is waited for, nothing has arrived if it fails. */
function isAlone(argument: TSESTree.Node): boolean {
  const call = bare(argument);
  const [list] = call.type === 'CallExpression' ? call.arguments : [];
  return list?.type === 'ArrayExpression' && list.elements.length === 1;
}

/** Is it the pending resource that is waited for, or its own connecting? */
function touches(run: Run, state: State, argument: TSESTree.Node): boolean {
  const method = methodOf(bare(argument));
  // Of several acquires at once one may arrive and another fail.
  if (method?.name === 'all' && method.object.type === 'Identifier') return isAlone(argument);
  if (viewsOf(run, state, argument).some((view) => view.role === 'resource')) return true;
  if (bare(argument) === run.site?.call) return true;
  return method !== undefined && method.name === 'connect' && isResource(run, state, method.object);
}

function bound(run: Run, state: State, node: FlowNode): State | undefined {
  const { ast, value, call } = node;
  if (state.status === 'unopened') return state;
  if (isFunction(ast) && call !== undefined) {
    const views = value === undefined ? [] : viewsOf(run, state, value);
    const held: State = (views.length > 0 || value === run.site?.call) && state.status === 'pending' ? { ...state, status: 'held' } : state;
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
  run.found.gives.push({ kind: 'return', at: ast, views, lazy: state.status === 'lazy' });
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
  const leads = state.tokens.some(({ base, path, role }) => base === variable && (path === '' || (role === 'handle' && /^@@(?:dispose|asyncDispose)$/u.test(path))));
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
  // What is caught after a `return` was thrown by a `finally`: nothing is returned.
  if (state.status === 'returning' && (node.ast.type === 'CatchClause' || leavesFinally(node.ast))) return { ...state, status: 'held' };
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

function isDropped(call: TSESTree.Node): boolean {
  return call.parent?.type === 'ExpressionStatement' || call.parent?.type === 'VariableDeclarator';
}

function threw(run: Run, node: FlowNode, state: State): readonly (readonly [Edge, State])[] {
  const { ast: fn, call } = node;
  if (!isFunction(fn) || call === undefined) return [];
  // `ids.forEach(async …)`, `const loop = (async () => …)()`: nobody waits for it here.
  if (fn.async && isDropped(call) && run.site !== undefined && call !== run.site.call && !within(run.site.call, fn)) return [];
  const crashes = !fn.async && !runsAtOnce(call, fn) && fn.params.length > 0;
  const wanted = crashes ? 'crash' : 'throw';
  return node.edges.filter((edge) => edge.kind === wanted).map((edge) => [edge, state] as const);
}
