import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { bare } from '../read/syntax.ts';
import { truthGiven } from './comparison.ts';
import { compareFixed, fixedValueAt } from './fixed-value.ts';
import { inRoot, type Run } from './run.ts';
import { withFact, type State } from './state.ts';
import { variableOf } from './variable.ts';

/** From here on one more is as good as any. */
const many = 4;

/** The state once a variable of the function counts from a number on: `let open = 0`. */
export function countFrom(run: Run, state: State, target: TSESTree.Node, value: TSESTree.Node | undefined): State {
  const counter = counterAt(run, target);
  if (counter === undefined) return state;
  const start = value === undefined ? undefined : fixedValueAt(value, run.module);
  const number = start !== undefined && 'literal' in start && typeof start.literal === 'number' && Number.isInteger(start.literal) ? start.literal : undefined;
  return withCount(state, counter, number);
}

/** The state once a variable was counted up or down: `open++`, `open -= 1`. */
export function count(run: Run, state: State, target: TSESTree.Node, step: number | undefined): State {
  const counter = counterAt(run, target);
  const before = counter === undefined ? undefined : countOf(state, counter);
  const isMany = before !== undefined && Math.abs(before) >= many;
  const after = before === undefined || step === undefined || (isMany && step * before < 0) ? undefined : before + step;
  let reached = counter === undefined ? state : withCount(state, counter, after);
  for (const [key, leaf] of run.keys) {
    const truth = truthGiven(run, key, leaf, target, after === undefined ? undefined : { literal: after });
    // Of what is many only comparisons with few are known.
    if (truth !== 'untouched') reached = withFact(reached, key, after !== undefined && Math.abs(after) >= many && !isComparedWithFew(run, leaf) ? undefined : truth);
  }
  return reached;
}

/** What a comparison with a count comes to: `n === 0` behind `n++`. */
export function truthOfCount(run: Run, state: State, comparison: TSESTree.BinaryExpression): boolean | undefined {
  if (state.facts.size === 0) return undefined;
  const target = bare(comparison.left);
  const counter = counterAt(run, target);
  const number = counter === undefined ? undefined : countOf(state, counter);
  if (number === undefined || (Math.abs(number) >= many && !isComparedWithFew(run, comparison))) return undefined;
  const other = fixedValueAt(comparison.right, run.module);
  return other === undefined ? undefined : compareFixed({ literal: number }, comparison.operator, other);
}

function isComparedWithFew({ module }: Run, leaf: TSESTree.Node): boolean {
  if (leaf.type !== 'BinaryExpression') return leaf.type === 'Identifier';
  const bounds = [leaf.left, leaf.right].map((side) => fixedValueAt(side, module));
  return bounds.some((bound) => bound !== undefined && 'literal' in bound && typeof bound.literal === 'number' && Math.abs(bound.literal) < many);
}

/** How a variable of the function that is counted up and down is told from others; nobody else changes it. */
function counterAt(run: Run, target: TSESTree.Node): string | undefined {
  if (target.type !== 'Identifier') return undefined;
  const variable = variableOf(target, run.module);
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition?.type !== 'Variable' || !inRoot(run, definition.node)) return undefined;
  let isCounted = counted.get(variable);
  if (isCounted === undefined) counted.set(variable, (isCounted = variable.references.some(({ identifier }) => isCountedAt(identifier))));
  return isCounted ? `n${definition.node.range[0]}=` : undefined;
}

const counted = new WeakMap<Scope.Variable, boolean>();

function isCountedAt({ parent }: Scope.Reference['identifier']): boolean {
  return parent.type === 'UpdateExpression' || (parent.type === 'AssignmentExpression' && (parent.operator === '+=' || parent.operator === '-='));
}

function countOf({ facts }: State, counter: string): number | undefined {
  for (const key of facts.keys()) if (key.startsWith(counter)) return Number(key.slice(counter.length));
  return undefined;
}

function withCount(state: State, counter: string, number: number | undefined): State {
  const before = countOf(state, counter);
  const kept = number === undefined ? undefined : Math.max(-many, Math.min(many, number));
  if (before === kept) return state;
  const without = before === undefined ? state : withFact(state, `${counter}${before}`, undefined);
  return kept === undefined ? without : withFact(without, `${counter}${kept}`, true);
}
