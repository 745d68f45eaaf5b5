import type { TSESTree } from '@typescript-eslint/utils';
import type { View } from '../read/sites.ts';
import { tokenOf, type Run } from './run.ts';
import { withTokens, type State } from './state.ts';
import { viewsOf } from './values.ts';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

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
  /** What of it is returned. */
  readonly given: readonly View[];
  /** It ends by `return` at all. */
  readonly completes: boolean;
  /** It gave the resource to a function nobody knows. */
  readonly unknownUse: boolean;
}

/** The state after a call of a known function. */
export function applyOutcome(run: Run, state: State, call: Call, outcome: Outcome): State | undefined {
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
