import type { TSESTree } from '@typescript-eslint/utils';
import { bare } from '../read/syntax.ts';
import { compared, speaksOf } from './comparison.ts';
import { conditionKey, truthOf } from './conditions.ts';
import type { Run } from './run.ts';
import { withFact, type State } from './state.ts';

/** Keeps what is known of conditions up to date when a variable or property is given a value. */
export function rememberValue(run: Run, state: State, target: TSESTree.Node, value: TSESTree.Node, operator: string): State {
  if (run.keys.size === 0) return state;
  const own = conditionKey(run, target);
  const isPlain = target.type === 'Identifier' || target.type === 'MemberExpression';
  const name = isPlain ? run.module.text.slice(...target.range) : undefined;
  let reached = state;
  for (const key of run.keys) {
    if (key === own) reached = withFact(reached, key, operator === '=' ? truthOf(run, state, value) ?? (isThere(value) ? true : undefined) : undefined);
    else if (name !== undefined && speaksOf(key, name)) reached = withFact(reached, key, operator === '=' ? compared(key, name, value) : undefined);
  }
  return reached;
}

/** Is an expression's value surely truthy? */
function isThere(node: TSESTree.Node): boolean {
  const { type } = bare(node);
  return ['NewExpression', 'ObjectExpression', 'ArrayExpression', 'FunctionExpression', 'ArrowFunctionExpression'].includes(type);
}
