import type { TSESTree } from '@typescript-eslint/utils';
import { within, type Run } from './run.ts';
import { variableOf } from './variable.ts';

/** `resolve` and `reject` of a `new Promise` that is part of this walk. */
export function settles(run: Run, callee: TSESTree.Node): { readonly by: 'resolve' | 'reject'; readonly made: TSESTree.NewExpression } | undefined {
  if (callee.type !== 'Identifier') return undefined;
  const variable = variableOf(callee, run.module);
  const fn = variable?.defs[0]?.type === 'Parameter' ? variable.defs[0].node : undefined;
  const made = fn?.parent;
  if (variable === undefined || fn === undefined || made?.type !== 'NewExpression') return undefined;
  if (made.callee.type !== 'Identifier' || made.callee.name !== 'Promise') return undefined;
  const which = variable.defs[0]?.name === ('params' in fn ? fn.params[0] : undefined);
  if (!which) return { by: 'reject', made };
  return within(made, run.graph.root) ? { by: 'resolve', made } : undefined;
}

/** The parameter of an enclosing function that is called: a callback of the caller's. */
export function callbackOf(run: Run, callee: TSESTree.Node): ReturnType<typeof variableOf> {
  if (callee.type !== 'Identifier') return undefined;
  const variable = variableOf(callee, run.module);
  return variable?.defs[0]?.type === 'Parameter' ? variable : undefined;
}
