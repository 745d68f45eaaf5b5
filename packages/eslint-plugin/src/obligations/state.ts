import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { View } from '../read/sites.ts';

/**
 * Where the resource stands on one path. `unopened`: not acquired yet; `opening`: asked for with a
 * callback; `lazy`: nothing is taken before the first use; `pending`: a promise of it exists;
 * `held`: owed; `released`: given back; `uncertain`: given back, or the attempt failed: neither
 * owed nor surely gone; `returning`: on its way to the caller, lost if a `finally` throws.
 */
export type Status =
  | 'unopened'
  | 'opening'
  | 'lazy'
  | 'pending'
  | 'held'
  | 'released'
  | 'uncertain'
  | 'returning';

/** A place that leads to the resource: a variable, or the value of an expression just evaluated. */
export interface Token extends View {
  readonly id: number;
  readonly base: Scope.Variable | TSESTree.Node;
}

/** What is known at one point of one path. Immutable; equal states have equal keys. */
export interface State {
  readonly status: Status;
  readonly tokens: readonly Token[];
  /** Conditions known to hold or not, by key. */
  readonly facts: ReadonlyMap<string, boolean>;
  /** The path went through an exception, or the error branch of a callback, since the acquire. */
  readonly exceptional: boolean;
  /** The call that released it, as far as an exception of that very call changes what it did. */
  readonly releasedBy: TSESTree.Node | undefined;
  /** An operation that was started and not waited for. */
  readonly inflight: TSESTree.Node | undefined;
}

/** The state before the acquire. */
export const unopened: State = {
  status: 'unopened',
  tokens: [],
  facts: new Map(),
  exceptional: false,
  releasedBy: undefined,
  inflight: undefined,
};

/** Does the function still owe it? */
export function owes(state: State): boolean {
  return state.status === 'held' || state.status === 'pending';
}

/** A state's identity, for the fixed point. */
export function keyOf(state: State): string {
  let tokens = '';
  for (const { id } of state.tokens) tokens += `${id},`;
  const facts = state.facts.size === 0 ? '' : [...state.facts].map(([key, value]) => `${key}=${value ? 1 : 0}`).sort().join();
  const by = state.releasedBy?.range[0] ?? '';
  const inflight = state.inflight?.range[0] ?? '';
  return `${state.status}|${tokens}|${facts}|${state.exceptional ? 1 : 0}|${by}|${inflight}`;
}

/** Adds tokens; the result stays sorted. */
export function withTokens(state: State, added: readonly Token[]): State {
  const missing = added.filter((token) => !state.tokens.includes(token));
  if (missing.length === 0) return state;
  return { ...state, tokens: [...state.tokens, ...missing].sort((a, b) => a.id - b.id) };
}

/** Takes away what a variable led to. */
export function withoutBase(state: State, base: Token['base']): State {
  if (!state.tokens.some((token) => token.base === base)) return state;
  return { ...state, tokens: state.tokens.filter((token) => token.base !== base) };
}

/** The fact that a `new Promise` was rejected by its executor or a callback in it. */
export function rejectionKey(made: TSESTree.NewExpression): string {
  return `rejected ${made.range[0]}`;
}

/** The fact that a condition, once it is this way, was made so by a function that ran meanwhile. */
export function changedKey(key: string): string {
  return `changed ${key}`;
}

/** Learns a condition. */
export function withFact(state: State, key: string, value: boolean | undefined): State {
  if (state.facts.get(key) === value) return state;
  const facts = new Map(state.facts);
  if (value === undefined) facts.delete(key);
  else facts.set(key, value);
  return { ...state, facts };
}
