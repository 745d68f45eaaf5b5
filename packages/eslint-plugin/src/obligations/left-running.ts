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
 * A turn that calls what the function around was given, such as `resolve`, may tell that it has come
 * to its end.
 */
export function leftRunning(run: Run, state: State, fn: FunctionNode, call: TSESTree.Node): State {
  if (!fn.async || state.status !== 'held' || call.parent?.type !== 'ExpressionStatement') return state;
  const operation = mentionsIn(state, fn).map((mention) => operationWith(run, mention)).find((one) => one !== undefined);
  if (operation === undefined || callsWithin(fn, run.module).some((one) => isGiven(run, fn, one))) return state;
  return { ...state, inflight: operation };
}

/** Does an `await` wait for a promise of which it cannot be told what it waits for: one that a turn may have settled? */
export function mayAwaitTurns({ inflight }: State, node: TSESTree.AwaitExpression): boolean {
  if (inflight === undefined || functionAround(inflight) === functionAround(node)) return false;
  const promise = bare(node.argument);
  if (promise.type !== 'CallExpression') return true;
  const callee = bare(promise.callee);
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Promise';
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
