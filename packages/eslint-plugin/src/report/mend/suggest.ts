import type { Result } from '../../obligations/analysis.ts';
import type { Module } from '../../read/module.ts';
import type { Edit } from './edit.ts';
import { mendFinally } from './finally.ts';
import { heldOf } from './held.ts';
import { mentionsOf } from './mentions.ts';

/** A way to mend an acquire that some path loses. */
export interface Mend {
  readonly messageId: 'wrapInFinally';
  readonly data: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
}

/** The words of the suggestions, for the rules that make them. */
export const mendMessages = {
  wrapInFinally: 'Give `{{name}}` back in a `finally`.',
} as const;

/** The ways to mend an acquire, the safest first; none where it is not sure who owns the resource. */
export function mendsOf(result: Result, module: Module): readonly Mend[] {
  const held = heldOf(result, module);
  const mentions = held === undefined ? undefined : mentionsOf(held);
  if (held === undefined || mentions === undefined) return [];
  const { name } = held.variable;
  const mends: Mend[] = [];
  const wrapped = mendFinally(held, mentions);
  if (wrapped !== undefined) mends.push({ messageId: 'wrapInFinally', data: { name }, edits: [wrapped] });
  return mends;
}
