import type { TSESTree } from '@typescript-eslint/utils';
import { functionOf } from '../read/callee.ts';
import { isClass } from '../read/syntax.ts';
import type { Outcome } from './call-step.ts';
import type { Run } from './run.ts';
import type { State } from './state.ts';
import { viewsOf } from './values.ts';

/** What another method of the object does with what it holds: `this.close()`. */
export function ownMethod(run: Run, state: State, call: TSESTree.CallExpression | TSESTree.NewExpression, object: TSESTree.Node): Outcome | undefined {
  if (object.type !== 'ThisExpression' || state.status === 'released') return undefined;
  const [view, other] = viewsOf(run, state, object);
  const target = view === undefined || other !== undefined ? undefined : functionOf(call.callee, run.module);
  const owner = target?.fn.parent.type === 'MethodDefinition' || target?.fn.parent.type === 'PropertyDefinition' ? target.fn.parent.parent.parent : undefined;
  if (view === undefined || target === undefined || owner === undefined || !isClass(owner)) return undefined;
  return run.analysis.ofOwn({ ...target, owner }, view, run.protocol);
}
