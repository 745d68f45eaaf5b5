import type { TSESTree } from '@typescript-eslint/utils';
import { bare } from '../read/syntax.ts';
import { isTouched, truthGiven, truthOfProperty } from './comparison.ts';
import { conditionKey, truthOf } from './conditions.ts';
import { fixedValueAt } from './fixed-value.ts';
import { count, countFrom } from './count.ts';
import type { Run } from './run.ts';
import { withFact, type State } from './state.ts';

/** Keeps what is known of conditions up to date when a variable or property is given a value. */
export function rememberValue(run: Run, state: State, target: TSESTree.Node, value: TSESTree.Node, operator: string): State {
  if (run.keys.size === 0) return state;
  if (operator === '+=' || operator === '-=') return count(run, state, target, stepOf(run, value, operator));
  const given = operator === '=' ? value : undefined;
  let reached = countFrom(run, state, target, given);
  for (const [key, leaf] of run.keys) {
    if (!isTouched(run, key, target)) continue;
    const fixed = given === undefined ? undefined : fixedValueAt(given, run.module);
    const truth = truthGiven(run, key, leaf, target, fixed);
    reached = withFact(reached, key, typeof truth === 'boolean' ? truth : given === undefined ? undefined : otherTruth(run, state, key, target, given));
  }
  return reached;
}

/** What a condition comes to by a value that is not fixed. */
function otherTruth(run: Run, state: State, key: string, target: TSESTree.Node, given: TSESTree.Node): boolean | undefined {
  if (key !== conditionKey(run, target)) return truthOfProperty(run, key, target, given);
  return truthOf(run, state, given) ?? (isThere(given) ? true : undefined);
}

/** Keeps what is known of conditions up to date when a variable is counted up or down. */
export function rememberCount(run: Run, state: State, { argument, operator }: TSESTree.UpdateExpression): State {
  return run.keys.size === 0 ? state : count(run, state, bare(argument), operator === '++' ? 1 : -1);
}

function stepOf({ module }: Run, value: TSESTree.Node, operator: string): number | undefined {
  const step = fixedValueAt(value, module);
  if (step === undefined || !('literal' in step) || typeof step.literal !== 'number' || !Number.isInteger(step.literal)) return undefined;
  return operator === '+=' ? step.literal : -step.literal;
}

/** Is an expression's value surely truthy? */
function isThere(node: TSESTree.Node): boolean {
  const { type } = bare(node);
  return ['NewExpression', 'ObjectExpression', 'ArrayExpression', 'FunctionExpression', 'ArrowFunctionExpression'].includes(type);
}
