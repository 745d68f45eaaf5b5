import type { TSESTree } from '@typescript-eslint/utils';
import type { Edge, FlowNode } from '../graph/graph.ts';
import { isCallback } from '../read/forms.ts';
import { methodOf } from '../read/member.ts';
import { emitterMethods } from '../read/protocol.ts';
import { bare } from '../read/syntax.ts';
import { releases } from './call-step.ts';
import { isDriverCall, isQuietCall } from './driver-call.ts';
import { givesBack, isLog } from './harmless.ts';
import { isReleaseName } from './mention.ts';
import type { Run } from './run.ts';
import { settlementOf } from './settlement.ts';
import type { State } from './state.ts';
import { isResource } from './values.ts';
import { variableOf } from './variable.ts';

/** The edges an evaluation can leave by, each with the state it then leaves; exceptions as the policy has it. */
export function leaveBy(
  run: Run,
  node: FlowNode,
  next: State | undefined,
  onThrow: State | undefined,
): readonly (readonly [Edge, State])[] {
  const ways: (readonly [Edge, State])[] = [];
  for (const edge of node.edges) {
    if (edge.kind !== 'throw') {
      if (next !== undefined) ways.push([edge, next]);
    } else if (onThrow !== undefined && mayThrow(run, onThrow, node, edge)) {
      ways.push([edge, thrownState(run, onThrow)]);
    }
  }
  return ways;
}

/** The state once an exception has left it; the same for the same, since most evaluations change nothing. */
function thrownState(run: Run, state: State): State {
  if (state.status === 'unopened' || state.exceptional) return state;
  let thrown = run.thrown.get(state);
  if (thrown === undefined) run.thrown.set(state, (thrown = { ...state, exceptional: true }));
  return thrown;
}

/** Does the policy take this exception for possible, here, for this resource? */
function mayThrow(run: Run, state: State, node: FlowNode, edge: Edge): boolean {
  const { tier = 0 } = edge;
  if (tier === 0) return true;
  if (run.policy === 'off') return false;
  if (tier === 1) return !isSettled(run, node.ast) && !waitsForNothing(run, state, node.ast);
  if (run.policy === 'all' && tier === 3) return true;
  if (tier === 3) return false;
  if (run.policy !== 'await') return !isHarmless(run, state, node.ast);
  const method = methodOf(node.ast);
  if (method === undefined) return false;
  const last = node.ast.type === 'CallExpression' ? node.ast.arguments.at(-1) : undefined;
  // A call with a callback, or with a stream or cursor, tells of its failure there.
  if (last !== undefined && (isCallback(last) || startsStream(node.ast))) return false;
  const fails = isResource(run, state, method.object)
    // What an object of the program fails with it mostly tells by a promise.
    ? run.protocol.held === undefined && !isAwaited(node.ast, run) && !lendsPromise(run, node.ast, method.name) && (run.site?.proof !== 'evidence' || run.protocol.operations.has(method.name))
    : isDriverCall(run, node.ast);
  return fails && !isHarmless(run, state, node.ast);
}

/** `const transaction = session.beginTransaction()`: whether it can be had, its promise tells. */
function lendsPromise(run: Run, call: TSESTree.Node, name: string): boolean {
  const isLent = run.module.facts
    .acquiresNamed(name)
    .some(({ driver, acquire }) => run.protocol.drivers.includes(driver) && acquire.of === run.protocol.type && acquire.arrives === 'promise');
  return isLent && call.parent?.type === 'VariableDeclarator';
}

/** Does something wait for the call, or for what is made of its promise: `await settled(client.query(text))`? */
function isAwaited(call: TSESTree.Node, run: Run): boolean {
  if (settlementOf(call) === 'awaited') return true;
  const { parent } = call;
  if (parent?.type !== 'CallExpression' || parent.callee === call) return false;
  // `from(runner.connect()).pipe(…)`: an observable tells of the failure later.
  return settlementOf(parent) === 'awaited' || isFromRxjs(parent.callee, run);
}

function isFromRxjs(callee: TSESTree.Node, run: Run): boolean {
  const definition = callee.type === 'Identifier' && callee.name === 'from' ? variableOf(callee, run.module)?.defs[0] : undefined;
  return definition?.type === 'ImportBinding' && definition.parent.type === 'ImportDeclaration' && definition.parent.source.value === 'rxjs';
}

function startsStream(ast: TSESTree.Node): boolean {
  const first = ast.type === 'CallExpression' ? ast.arguments[0] : undefined;
  return first !== undefined && bare(first).type === 'NewExpression' && ast.parent?.type !== 'AwaitExpression';
}

/** `await session.startTransaction()`: what only sets something does not fail for being awaited. */
function waitsForNothing(run: Run, state: State, ast: TSESTree.Node): boolean {
  const method = ast.type === 'AwaitExpression' ? methodOf(bare(ast.argument)) : undefined;
  return method !== undefined && run.protocol.infallible.has(method.name) && isResource(run, state, method.object);
}

/** Is a promise awaited that cannot reject here? */
function isSettled(run: Run, ast: TSESTree.Node): boolean {
  if (ast.type !== 'AwaitExpression') return run.analysis.settles(ast, run.module);
  // `(await pool).release(client)`: without the pool there were no client.
  const [start, end] = ast.range;
  if (run.site?.owner?.length === end - start && run.module.text.startsWith(run.site.owner, start)) return true;
  return run.analysis.settles(ast, run.module);
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
  if (isLog(ast)) return true;
  if (givesBack(ast)) return true;
  const { infallible, accessors, chains, endedWhen } = run.protocol;
  const quiet = [emitterMethods, infallible, accessors, chains, endedWhen].some((set) => set.has(method.name));
  if (quiet && isResource(run, state, method.object)) return true;
  if (isQuietCall(run, ast)) return true;
  return (isReleaseName(run, method.name) && isResource(run, state, method.object)) || releases(run, state, ast);
}

