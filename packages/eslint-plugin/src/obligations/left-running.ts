import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../read/member.ts';
import { callsWithin } from '../read/nodes.ts';
import { bare, functionAround, type FunctionNode } from '../read/syntax.ts';
import { isOptionOf } from './argument.ts';
import { mentionsIn } from './mention.ts';
import { within, type Run } from './run.ts';
import type { State } from './state.ts';
import { variableOf } from './variable.ts';

/**
 * The state behind `ids.forEach(async (id) => { await client.query(text, [id]); })`: nobody waits for
 * the promises of its turns.
 *
 * A turn that calls what the function around was given, such as `resolve`, or writes what that reads,
 * may tell that it has come to its end.
 */
export function leftRunning(run: Run, state: State, fn: FunctionNode, call: TSESTree.Node): State {
  if (!fn.async || state.status !== 'held' || call.parent?.type !== 'ExpressionStatement') return state;
  const operation = mentionsIn(state, fn).map((mention) => operationWith(run, mention)).find((one) => one !== undefined);
  if (operation === undefined || counts(run, fn) || callsWithin(fn, run.module).some((one) => isGiven(run, fn, one))) return state;
  return { ...state, inflight: operation };
}

/** Does a turn write down for the function around what it has done: `left -= 1`? */
function counts(run: Run, fn: FunctionNode): boolean {
  return run.module.scopeManager.acquire(fn)?.through.some((reference) => reference.isWrite() && reference.resolved !== null) === true;
}

/** Does an `await` wait for something else than the resource: for a promise that the turns may settle, for what they count? */
export function mayAwaitTurns(state: State, node: TSESTree.AwaitExpression): boolean {
  const { inflight } = state;
  if (inflight === undefined || functionAround(inflight) === functionAround(node)) return false;
  return mentionsIn(state, node.argument).length === 0;
}

/** The operation that something is mentioned for: `client.query(text)`, `await User.create(row, { transaction })`. */
function operationWith(run: Run, mention: TSESTree.Node): TSESTree.Node | undefined {
  const use = mention.parent;
  if (use?.type === 'Property') {
    const call = use.parent.parent;
    const isAwaited = call.type === 'CallExpression' && call.parent.type === 'AwaitExpression';
    return isAwaited && call.arguments.some((argument) => argument === use.parent && isOptionOf(argument)) ? call : undefined;
  }
  if (use?.type !== 'MemberExpression' || use.object !== mention || use.parent.type !== 'CallExpression' || use.parent.callee !== use) return undefined;
  return run.protocol.operations.has(memberName(use) ?? '') ? use.parent : undefined;
}

/** Is what is called, or what it is a member of, a parameter of a function around? */
function isGiven(run: Run, fn: FunctionNode, { callee }: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const called = bare(callee);
  if (called.type !== 'Identifier') return false;
  const definition = variableOf(called, run.module)?.defs[0];
  return definition?.type === 'Parameter' && !within(definition.node, fn);
}
