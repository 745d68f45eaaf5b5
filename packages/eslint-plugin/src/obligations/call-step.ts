import type { TSESTree } from '@typescript-eslint/utils';
import { functionOf } from '../read/callee.ts';
import { isCallback } from '../read/forms.ts';
import { memberName, methodOf } from '../read/member.ts';
import { emitterMethods } from '../read/protocol.ts';
import { bare, isFunction } from '../read/syntax.ts';
import { isBorrower, isOptionOf, isOptionWithin, isStored } from './argument.ts';
import { afterWrites } from './closure-writes.ts';
import { callbackOf, settles } from './executor.ts';
import { chainOf, settlementOf } from './settlement.ts';
import { noteLateUse } from './late-use.ts';
import { isTransactionEnd, isCaptured, isReleaseName, isReleaser, mentionsIn, releasesWithin } from './mention.ts';
import { inRoot, tokenOf, within, type Run } from './run.ts';
import { rejectionKey, withFact, withTokens, type State } from './state.ts';
import { iterates } from './iteration.ts';
import { noteOperation } from './operation.ts';
import { ownMethod } from './own-method.ts';
import { carries, elementViews, isResource, viewsOf, wrapped } from './values.ts';
import { variableOf } from './variable.ts';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** What a call does to the resource; `undefined` where it is in other hands afterwards. */
export function callStep(run: Run, state: State, call: Call): State | undefined {
  if (call.type === 'CallExpression' && releases(run, state, call)) return release(run, state, call);
  const method = methodOf(call);
  if (method !== undefined && isResource(run, state, method.object)) {
    return useResource(run, state, call, method.name);
  }
  if (isResource(run, state, call.callee)) return useResource(run, state, call, '()');
  // `response.body.pipe(out)`
  if (method !== undefined && isReadable(run) && pipes.has(method.name) && viewsOf(run, state, method.object).length > 0) {
    return consumed(run, state, call);
  }
  if (method !== undefined && endsOwner(run, method)) {
    run.found.releases.add(call);
    return state.status === 'released' ? state : undefined;
  }
  if (method !== undefined && visitsElements(run, state, call, method)) {
    run.found.releases.add(call);
    return undefined;
  }
  if (method !== undefined && isSelection(method) && call.arguments.some((argument) => carries(run, state, argument))) {
    run.found.releases.add(call);
    return undefined;
  }
  const own = method === undefined ? undefined : ownMethod(run, state, call, method.object);
  if (own !== undefined) return applyOutcome(run, state, call, own);
  const passed = passes(run, state, call);
  if (passed === undefined || state.status === 'released') return passed;
  return closureCall(run, passed, call);
}

/** `connection.close()`, which closes the channel it lent. */
function endsOwner(run: Run, method: Method): boolean {
  return run.protocol.endsWithOwner.has(method.name) && run.site?.owner === run.module.text.slice(...method.object.range);
}

/** `clients.forEach(release)`, `clients.pop()`: an element is given on in a way that is not followed. */
function visitsElements(run: Run, state: State, call: Call, method: Method): boolean {
  const [visitor] = call.arguments;
  if (iterates.has(method.name) && visitor !== undefined && isFunction(bare(visitor))) return false;
  return elementViews(run, state, method.object).length > 0;
}

/** `Promise.race`, `Object.values`: which of the values comes out is not followed. */
function isSelection({ object, name }: Method): boolean {
  if (object.type !== 'Identifier') return false;
  return (object.name === 'Promise' && ['race', 'any', 'allSettled'].includes(name)) ||
    (object.name === 'Object' && ['values', 'entries'].includes(name));
}

type Method = NonNullable<ReturnType<typeof methodOf>>;

/** Does the call give the resource back? */
export function releases(run: Run, state: State, call: TSESTree.CallExpression): boolean {
  if (state.tokens.length === 0) return false;
  const callee = bare(call.callee);
  const method = methodOf(call);
  if (method !== undefined && isReleaseName(run, method.name) && isResource(run, state, method.object)) {
    return true;
  }
  // `response.body.cancel()`: the way back is a method of a part of it.
  const part = method === undefined ? undefined : bare(method.object);
  if (method !== undefined && part?.type === 'MemberExpression') {
    const name = memberName(part) ?? '';
    const isWay = run.protocol.onResource.has(`${name}.${method.name}`) || (run.protocol.shown.has(name) && isReleaseName(run, method.name));
    if (isWay && isResource(run, state, part.object)) return true;
  }
  // `transaction.release()` of an object made around the resource.
  if (method !== undefined && (isReleaser(method.name) || isTransactionEnd(method.name))) {
    if (viewsOf(run, state, method.object).some((view) => view.path === wrapped)) return true;
  }
  if (callee.type === 'Identifier' || callee.type === 'MemberExpression') {
    const handles = viewsOf(run, state, callee).some((view) => view.path === '' && view.role === 'handle');
    if (handles) return isHandle(run, state, callee);
  }
  if (!isResource(run, state, call.arguments[0] ?? null)) return false;
  if (method !== undefined && run.protocol.onOwner.has(method.name)) return ownerMatches(run, method.object);
  const name = method?.name ?? (callee.type === 'Identifier' ? callee.name : undefined);
  if (name === undefined || !isReleaser(name) || functionOf(call.callee, run.module) !== undefined) return false;
  return method === undefined || !bareVerb.test(name) || mayOwn(method.object);
}

/** Whoever has such a method may do anything with what it is given: `dao.destroy(transaction)`. */
const bareVerb = /^(?:release|close|end|destroy|dispose|free|finish|disconnect|clean(?:up)?|return)$/u;

/** May this lend connections, by its name? */
function mayOwn(node: TSESTree.Node): boolean {
  const owner = bare(node);
  if (owner.type === 'ThisExpression' || owner.type === 'Super') return true;
  const name = owner.type === 'Identifier' ? owner.name : owner.type === 'MemberExpression' ? memberName(owner) : undefined;
  return name === undefined || /pool|db|database|conn|client|knex|sql|driver|manager|factory|cluster|source|redis|mongo|pg|maria|oracle/iu.test(name);
}

/** A release handed over with the resource is one; a local function is judged by its body. */
function isHandle(run: Run, state: State, callee: TSESTree.Node): boolean {
  if (callee.type !== 'Identifier') return true;
  const variable = variableOf(callee, run.module);
  const isToken = state.tokens.some((token) => token.base === variable);
  const definition = variable?.defs[0];
  if (definition?.type === 'FunctionName') return false;
  const init = definition?.type === 'Variable' ? definition.node.init : null;
  const value = init === null ? undefined : bare(init);
  return isToken && !(value !== undefined && isFunction(value));
}

function ownerMatches(run: Run, owner: TSESTree.Node): boolean {
  const { site } = run;
  return site === undefined || mayOwn(owner) || site.owner === run.module.text.slice(...owner.range);
}

function release(run: Run, state: State, call: Call): State {
  run.found.releases.add(call);
  // What an object made around it does to it, only that object knows.
  const method = methodOf(call);
  if (method !== undefined && viewsOf(run, state, method.object).some((view) => view.path === wrapped)) {
    return { ...state, status: state.status === 'released' ? 'released' : 'uncertain', inflight: undefined };
  }
  if (state.status === 'released') {
    run.found.doubles.set(call, state.releasedBy ?? call);
    return state;
  }
  if (state.inflight !== undefined && !drains(run, call) && !within(call, chainOf(state.inflight))) {
    run.found.earlyReleases.set(state.inflight, call);
  }
  return { ...state, status: 'released', releasedBy: call, inflight: undefined };
}

/** Does a release let run what was queued before it? */
function drains(run: Run, call: Call): boolean {
  const method = methodOf(call);
  return method !== undefined && run.protocol.onResource.get(method.name)?.drains === true;
}

/** A method of the resource that is not a release. */
function useResource(run: Run, state: State, call: Call, name: string): State | undefined {
  noteOperation(run.found, call, name);
  if (emitterMethods.has(name)) return reads(run, call) ? consumed(run, state, call) : state;
  if (isReadable(run) && pipes.has(name)) return consumed(run, state, call);
  if (state.status === 'released') {
    if (!run.protocol.usableAfterRelease.has(name)) noteLateUse(run, state, call);
    return state;
  }
  // `client.query('ROLLBACK', done)`: the release is the operation's callback.
  const givesRelease = call.arguments.some(
    (argument) =>
      !isFunction(bare(argument)) &&
      viewsOf(run, state, argument).some((view) => view.role === 'handle' && view.path === ''),
  );
  if (givesRelease) {
    run.found.releases.add(call);
    return { ...state, status: 'uncertain', releasedBy: undefined };
  }
  if (run.protocol.held?.failing.has(name) === true) run.found.endedOnThrow.add(call);
  const path = run.protocol.chains.has(name) ? '' : run.protocol.held?.shows.has(name) === true ? wrapped : undefined;
  const chained = path === undefined ? state : withTokens(state, [tokenOf(run, call, { path, role: 'resource' })]);
  const used: State =
    state.status === 'lazy' ? { ...chained, status: name === 'connect' ? 'pending' : 'held' } : chained;
  if (starts(run, call, name)) return { ...used, inflight: call };
  return isServedLast(run, call, name) ? { ...used, inflight: undefined } : used;
}

/** A connection answers in order: whoever waits for this call waits for all before it. */
function isServedLast(run: Run, call: Call, name: string): boolean {
  return run.protocol.role === 'connection' && run.protocol.operations.has(name) && call.parent.type === 'AwaitExpression';
}

/** Methods of a stream that let it flow to its end. */
const pipes: ReadonlySet<string> = new Set(['pipe', 'pipeTo', 'pipeThrough', 'resume', 'dump', 'tee']);

function isReadable(run: Run): boolean {
  return run.protocol.role === 'body' || run.protocol.role === 'stream';
}

/** A listener for the data of a body or stream reads it. */
function reads(run: Run, call: Call): boolean {
  const [event] = call.arguments;
  if (!isReadable(run)) return false;
  return event?.type === 'Literal' && (event.value === 'data' || event.value === 'readable');
}

function consumed(run: Run, state: State, call: Call): State {
  run.found.releases.add(call);
  return { ...state, status: 'uncertain', releasedBy: undefined };
}

/** Does a call start an operation that nobody waits for before the function goes on? */
function starts(run: Run, call: Call, name: string): boolean {
  if (run.site?.shape.kind === 'callback' || !run.protocol.operations.has(name)) return false;
  const isScope = run.protocol.drivers.some((driver) =>
    driver.scopes.some((scope) => scope.method === name),
  );
  if (!isScope && call.arguments.some((argument) => isFunction(bare(argument)))) return false;
  const last = call.arguments.at(-1);
  if (last !== undefined && !isFunction(bare(last)) && isCallback(last, run.module)) return false;
  const [first] = call.arguments;
  if (first !== undefined && bare(first).type === 'NewExpression') return false;
  return isPending(call);
}

function isPending(call: TSESTree.Node): boolean {
  const settlement = settlementOf(call);
  return settlement === 'returned' || settlement === 'dropped';
}

/** A tagged template of the resource: a query of postgres.js. */
export function tagStep(run: Run, state: State, node: TSESTree.TaggedTemplateExpression): State {
  if (!isResource(run, state, node.tag)) return state;
  if (state.status === 'released') {
    noteLateUse(run, state, node);
    return state;
  }
  return run.protocol.operations.has('()') && isPending(node) ? { ...state, inflight: node } : state;
}

/** The resource as an argument. */
function passes(run: Run, state: State, call: Call): State | undefined {
  const carried = call.arguments.flatMap((argument, index) =>
    carries(run, state, argument) ? [{ argument, index }] : [],
  );
  const callee = bare(call.callee);
  const rejected = settles(run, callee);
  if (rejected?.by === 'reject' && carried.length === 0) return withFact(state, rejectionKey(rejected.made), true);
  if (carried.length === 0) return state;
  if (state.status === 'released' || state.status === 'uncertain') return state;
  const method = methodOf(call);
  const name = method?.name ?? (callee.type === 'Identifier' ? callee.name : undefined);
  let reached: State | undefined = state.status === 'lazy' ? { ...state, status: 'held' } : state;
  for (const { argument, index } of carried) {
    if (reached === undefined) return undefined;
    reached = passOne(run, reached, call, callee, name, argument, index);
  }
  return reached !== undefined && runsOn(run, call, callee) ? { ...reached, inflight: call } : reached;
}

/** Does a function that was given the resource go on working with it after it has returned? */
function runsOn(run: Run, call: Call, callee: TSESTree.Node): boolean {
  if (run.protocol.role === 'body' || settlementOf(call) !== 'returned') return false;
  if (callbackOf(run, callee) !== undefined) return isInAsync(call);
  return call.type === 'CallExpression' && functionOf(call.callee, run.module)?.fn.async === true;
}

function isInAsync(node: TSESTree.Node): boolean {
  let at: TSESTree.Node | null | undefined = node.parent;
  while (at != null && !isFunction(at)) at = at.parent;
  return at != null && at.async;
}

function passOne(
  run: Run,
  state: State,
  call: Call,
  callee: TSESTree.Node,
  name: string | undefined,
  argument: TSESTree.Node,
  index: number,
): State | undefined {
  const settled = settles(run, callee);
  if (settled?.by === 'reject') return { ...state, exceptional: true };
  if (settled !== undefined) {
    const views = viewsOf(run, state, argument);
    return withTokens(state, views.map((view) => tokenOf(run, settled.made, view)));
  }
  const views = viewsOf(run, state, argument);
  if (views.some((view) => view.role === 'handle')) return handOver(run, state, call, argument);
  const given = callbackOf(run, callee);
  if (given !== undefined) {
    const [first] = call.arguments;
    const inner = first === undefined ? undefined : bare(first);
    const errFirst =
      index > 0 &&
      inner !== undefined &&
      ((inner.type === 'Literal' && inner.value === null) ||
        (inner.type === 'Identifier' && /^(undefined|err|error|e)$/.test(inner.name)) ||
        (inner.type === 'Literal' && inner.value === false));
    if (errFirst) {
      run.found.gives.push({ kind: 'callback', parameter: given, argument: index });
      return undefined;
    }
  }
  if (name !== undefined && isBorrower(callee, name)) return state;
  if (isStored(run, call, index)) return undefined;
  // `wrappers.get(client)`: what is kept under the resource stands for it.
  if (name === 'get' && index === 0) {
    return withTokens(state, [tokenOf(run, call, { path: wrapped, role: 'resource' })]);
  }
  const target = functionOf(call.callee, run.module);
  if (target !== undefined) {
    const parameter = target.fn.params[index];
    const outcome = run.analysis.ofParameter(target.fn, target.module, index, views, run);
    if (outcome !== undefined && parameter !== undefined) return applyOutcome(run, state, call, outcome);
  }
  if (isOptionOf(argument) || isOptionWithin(name, views)) return state;
  // Whoever is given a response reads it.
  if (run.protocol.role === 'body') {
    run.found.releases.add(call);
    return undefined;
  }
  run.found.unknownUses.add(call);
  return state;
}

/** What a known function leaves of the resource it was given. */
export interface Outcome {
  readonly held: boolean;
  readonly released: boolean;
  readonly handedOn: boolean;
  /** An exception of it leaves the resource held. */
  readonly heldOnThrow: boolean;
  /** An exception of it may have come after it was given back. */
  readonly releasedOnThrow: boolean;
  /** It returns the resource. */
  readonly returns: boolean;
  /** It ends by `return` at all. */
  readonly completes: boolean;
  /** It gave the resource to a function nobody knows. */
  readonly unknownUse: boolean;
}

function applyOutcome(run: Run, state: State, call: Call, outcome: Outcome): State | undefined {
  if (outcome.returns) {
    const views = call.arguments.flatMap((argument) => viewsOf(run, state, argument));
    return withTokens(state, views.map((view) => tokenOf(run, call, view)));
  }
  if (outcome.releasedOnThrow) run.found.endedOnThrow.add(call);
  if (!outcome.completes && !outcome.handedOn) return state;
  if (outcome.unknownUse) run.found.unknownUses.add(call);
  if (outcome.held && !outcome.released && !outcome.handedOn) return state;
  if (outcome.released) {
    run.found.releases.add(call);
    if (outcome.heldOnThrow) run.found.keptOnThrow.add(call);
    const surely = !outcome.held && !outcome.handedOn;
    return { ...state, status: surely ? 'released' : 'uncertain', releasedBy: call, inflight: undefined };
  }
  return undefined;
}

/** A function of this scope that has the resource in its closure: `await cleanup()`. */
function closureCall(run: Run, state: State, call: Call): State | undefined {
  const callee = bare(call.callee);
  if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return state;
  if (!isCaptured(run, state)) return state;
  const target = functionOf(call.callee, run.module);
  if (target === undefined || target.module !== run.module || !inRoot(run, target.fn)) return state;
  if (target.fn === run.graph.root || mentionsIn(state, target.fn).length === 0) return state;
  if (!releasesWithin(run, state, target.fn)) return state;
  const outcome = run.analysis.ofClosure(target.fn, target.module, state, run);
  if (outcome === undefined) return state;
  const reached = applyOutcome(run, state, call, outcome);
  if (reached === undefined) return undefined;
  // It keeps a note of what it did, in a way that is not followed.
  const after = afterWrites(run, reached, target.fn);
  return after.isSure || reached.status !== 'released' ? after.state : { ...after.state, status: 'uncertain' };
}

/** Gives the release itself away: whoever has it now owes. */
function handOver(run: Run, state: State, call: Call, argument: TSESTree.Node): State | undefined {
  // A function literal as an argument is walked at its own node, where it is known if it runs.
  if (isFunction(bare(argument))) return state;
  const method = methodOf(call);
  const [event] = call.arguments;
  if (method !== undefined && emitterMethods.has(method.name) && event?.type === 'Literal') {
    if (event.value === 'error') return state;
  }
  run.found.releases.add(call);
  return undefined;
}
