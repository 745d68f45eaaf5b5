import type { TSESTree } from '@typescript-eslint/utils';
import { functionOf } from '../read/callee.ts';
import { methodOf } from '../read/member.ts';
import { visitAll } from '../read/walk.ts';
import { within, type Run } from './run.ts';
import { chainOf } from './settlement.ts';
import type { State } from './state.ts';
import { isResource, viewsOf, wrapped } from './values.ts';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

type Method = NonNullable<ReturnType<typeof methodOf>>;

/** The state once a call has given the resource back. */
export function release(run: Run, state: State, call: Call): State {
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
  if (method !== undefined && !isReleaseOf(run, state, method) && mayDecline(run, call)) {
    return { ...state, status: 'uncertain', releasedBy: undefined, inflight: undefined };
  }
  if (state.inflight !== undefined && !drains(run, call) && !within(call, chainOf(state.inflight))) {
    run.found.earlyReleases.set(state.inflight, call);
  }
  return { ...state, status: 'released', releasedBy: call, inflight: undefined };
}

/** Is it the resource whose own method is called? */
function isReleaseOf(run: Run, state: State, method: Method): boolean {
  return isResource(run, state, method.object) || run.protocol.onOwner.has(method.name);
}

/** `lease.release()` of an object of the program: may it know that it has released already? */
function mayDecline(run: Run, call: Call): boolean {
  const target = call.callee.type === 'MemberExpression' ? functionOf(call.callee, run.module) : undefined;
  if (target === undefined) return false;
  let declines = false;
  visitAll(target.fn.body, ({ type }) => {
    if (type === 'IfStatement' || type === 'ConditionalExpression' || type === 'LogicalExpression' || type === 'ChainExpression') declines = true;
  });
  return declines;
}

/** Does a release let run what was queued before it? */
function drains(run: Run, call: Call): boolean {
  const method = methodOf(call);
  return method !== undefined && run.protocol.onResource.get(method.name)?.drains === true;
}
