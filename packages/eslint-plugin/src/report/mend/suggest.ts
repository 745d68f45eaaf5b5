import type { Result } from '../../obligations/analysis.ts';
import type { Module } from '../../read/module.ts';
import type { Edit } from './edit.ts';
import { mendFinally } from './finally.ts';
import { heldOf } from './held.ts';
import { mentionsOf } from './mentions.ts';
import { mendScope } from './scope.ts';
import { mendUsing, type Language } from './using.ts';

/** A way to mend an acquire that some path loses. */
export interface Mend {
  readonly messageId: keyof typeof mendMessages;
  readonly data: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
}

/** The words of the suggestions, for the rules that make them. */
export const mendMessages = {
  wrapInFinally: 'Give `{{name}}` back in a `finally`.',
  declareUsing: 'Declare `{{name}}` with `using`, which gives it back.',
  askPool: 'Call `{{call}}`, which acquires and releases by itself.',
} as const;

/** The ways to mend an acquire, the safest first; none where it is not sure who owns the resource. */
export function mendsOf(result: Result, module: Module, language: Language | undefined): readonly Mend[] {
  const held = heldOf(result, module);
  const mentions = held === undefined ? undefined : mentionsOf(held);
  if (held === undefined || mentions === undefined) return [];
  const { name } = held.variable;
  const mends: Mend[] = [];
  const wrapped = mendFinally(held, mentions);
  if (wrapped !== undefined) mends.push({ messageId: 'wrapInFinally', data: { name }, edits: [wrapped] });
  const declared = wrapped === undefined ? undefined : mendUsing(held, mentions, language);
  if (declared !== undefined) mends.push({ messageId: 'declareUsing', data: { name }, edits: [declared] });
  const scoped = wrapped === undefined ? undefined : mendScope(held, mentions);
  if (scoped !== undefined) mends.push({ messageId: 'askPool', data: { call: scoped.call }, edits: [scoped.edit] });
  return mends;
}
