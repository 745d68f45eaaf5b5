import type { TSESTree } from '@typescript-eslint/utils';
import type { FlowNode } from '../graph/graph.ts';
import { calleeName, methodOf } from '../read/member.ts';
import { emitterMethods } from '../read/protocol.ts';
import { bare, isFunction, type FunctionNode } from '../read/syntax.ts';
import { bindPattern } from './bind.ts';
import { releases } from './call-step.ts';
import { conditionKey } from './conditions.ts';
import { leftRunning } from './left-running.ts';
import { mentionsIn, releasesWithin } from './mention.ts';
import { tokenOf, within, type Run } from './run.ts';
import { owes, withFact, withTokens, type State } from './state.ts';
import { isDriverCall } from './driver-call.ts';
import { iterates } from './iteration.ts';
import { elementViews, isResource, viewsOf } from './values.ts';
import { variableOf } from './variable.ts';

/** Which ways lead on from a callback: into it, past it, or both. */
export interface CallbackStep {
  readonly run?: State;
  readonly skip?: State;
}

/** Decides whether a function given to a call runs, and what its parameters then hold. */
export function callbackStep(run: Run, state: State, node: FlowNode): CallbackStep {
  const { ast: fn, call } = node;
  if (!isFunction(fn) || call === undefined) return { skip: state };
  if (call.type !== 'CallExpression' && call.type !== 'NewExpression') return { skip: state };
  if (bare(call.callee) === fn) return { run: bindArguments(run, state, fn, call) };
  if (state.status === 'unopened') {
    const holdsSite = run.site !== undefined && within(run.site.call, fn);
    return holdsSite ? { run: state } : { skip: state };
  }
  if (state.status === 'opening' && call === run.site?.call) {
    return bare(call.arguments.at(-1) ?? call) === fn || run.graph.root !== fn
      ? { run: open(run, state, fn) }
      : { skip: state };
  }
  const mentions = mentionsIn(state, fn);
  const method = methodOf(call);
  if (method !== undefined && isResource(run, state, method.object)) {
    // `session.withTransaction((session) => …)`
    if (run.protocol.lendingItself.has(method.name)) return { run: bindPattern(run, state, fn.params[0], viewsOf(run, state, method.object)) };
    if (!emitterMethods.has(method.name)) return { run: state };
    return listener(run, state, fn, call);
  }
  // Of the turns over a list that holds the resource, one is for it.
  const elements = method === undefined || !iterates.has(method.name) ? [] : elementViews(run, state, method.object);
  if (elements.length > 0) return { run: bindPattern(run, state, fn.params[0], elements) };
  if (mentions.length === 0) return { skip: state };
  if (isExecutor(call)) return { run: state };
  const name = calleeName(call);
  const functions = call.arguments.map(bare).filter((argument) => isFunction(argument));
  // `eachSeries(list, each, done)`: the last of several is called once, at the end.
  const isCompletion = functions.length > 1 && functions.at(-1) === fn;
  if (name !== undefined && iterates.has(name) && !isCompletion) return { run: state, skip: releasesWithin(run, state, fn) ? state : leftRunning(run, state, fn, call) };
  const releasesIt = releasesWithin(run, state, fn);
  if (name !== undefined && emitterMethods.has(name)) return releasesIt ? listener(run, state, fn, call) : { skip: state };
  if (name !== undefined && later.test(name)) {
    if (!releasesIt) return { skip: state };
    run.found.releases.add(call);
    for (const mention of mentions) {
      const use = mention.parent?.parent;
      if (use?.type === 'CallExpression' && releases(run, state, use)) run.found.releases.add(use);
    }
    return {};
  }
  if (releasesIt || mentions.some(isHandedOn)) return { run: state };
  // A closure that only operates the resource cannot take it over, whoever runs it.
  if (!isDriverCall(run, call) && !mentions.every(isOperated)) run.found.unknownUses.add(call);
  return { skip: state };
}

/** Functions that keep what they are given for later; a release in it is then somebody's else. */
const later =
  /^(?:after(?:All|Each)?|defer|on[A-Z]\w*|add[A-Z]\w*|register\w*|teardown|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask|subscribe|useEffect|addHook|finalizer)$/;

/** `new Promise(executor)`. */
export function isExecutor(call: TSESTree.Node): boolean {
  return call.type === 'NewExpression' && call.callee.type === 'Identifier' && call.callee.name === 'Promise';
}

/** Is the function run before the call returns, so that its exception is the call's? */
export function runsAtOnce(call: TSESTree.Node, fn: FunctionNode): boolean {
  if (call.type !== 'CallExpression' && call.type !== 'NewExpression') return false;
  if (bare(call.callee) === fn || isExecutor(call)) return true;
  const name = calleeName(call);
  return name !== undefined && iterates.has(name);
}

/** The callback of the acquire itself: without an error, its parameter is the resource. */
function open(run: Run, state: State, fn: FunctionNode): State {
  const shape = run.site?.shape;
  if (shape === undefined || shape.kind === 'value') return state;
  const held: State = { ...state, status: 'held' };
  if (shape.kind === 'receiver') {
    const variable = variableOf(shape.receiver, run.module);
    const tokens = variable === undefined ? [] : [tokenOf(run, variable, { path: '', role: 'resource' })];
    return withoutError(run, withTokens(held, tokens), fn.params[0]);
  }
  const resource = bindPattern(run, held, fn.params[shape.resource], [{ path: '', role: 'resource' }]);
  const release = shape.release === undefined ? undefined : fn.params[shape.release];
  const bound = bindPattern(run, resource, release, [{ path: '', role: 'handle' }]);
  return withoutError(run, bound, fn.params[shape.error]);
}

function withoutError(run: Run, state: State, error: TSESTree.Node | undefined): State {
  const key = error === undefined ? undefined : conditionKey(run, error);
  return key === undefined ? state : withFact(state, key, false);
}

function bindArguments(run: Run, state: State, fn: FunctionNode, call: TSESTree.CallExpression | TSESTree.NewExpression): State {
  return fn.params.reduce((reached, parameter, index) => {
    const argument = call.arguments[index];
    return argument === undefined ? reached : bindPattern(run, reached, parameter, viewsOf(run, reached, argument));
  }, state);
}

/** A listener that releases takes the resource over; one for `end` alone does so only on success. */
function listener(run: Run, state: State, fn: FunctionNode, call: TSESTree.CallExpression | TSESTree.NewExpression): CallbackStep {
  if (!releasesWithin(run, state, fn)) return { skip: state };
  const [event] = call.arguments;
  const name = event?.type === 'Literal' ? event.value : undefined;
  run.found.releases.add(call);
  if (name === 'error') return { skip: state };
  if (owes(state) && (name === 'end' || name === 'finish') && !run.protocol.endsAfterError && !handlesFailure(run, state, call)) {
    run.found.onEndOnly.add(call);
  }
  return {};
}

/** Is there another listener in the function that releases when it fails? */
function handlesFailure(run: Run, state: State, call: TSESTree.Node): boolean {
  return run.graph.nodes.some((node) => {
    if (node.kind !== 'eval' || node.ast === call || node.ast.type !== 'CallExpression') return false;
    const name = calleeName(node.ast);
    const [event, handler] = node.ast.arguments;
    if (name === undefined || !emitterMethods.has(name) || event?.type !== 'Literal') return false;
    if (event.value !== 'error' && event.value !== 'close') return false;
    if (handler === undefined) return false;
    return viewsOf(run, state, handler).some((view) => view.role === 'handle');
  });
}

function isOperated(mention: TSESTree.Node): boolean {
  const use = mention.parent;
  return use?.type === 'MemberExpression' && use.object === mention && use.parent.type === 'CallExpression' && use.parent.callee === use;
}

function isHandedOn(mention: TSESTree.Node): boolean {
  const type = mention.parent?.type;
  return type === 'CallExpression' || type === 'ReturnStatement' || type === 'AssignmentExpression' || type === 'NewExpression';
}
