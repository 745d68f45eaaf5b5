import type { TSESTree } from '@typescript-eslint/utils';
import { stringOf } from '../read/syntax.ts';
import type { Found } from './run.ts';

/** Takes note of what a call does with the resource: its method, or what its statement says of a transaction. */
export function noteOperation({ operations }: Found, call: TSESTree.CallExpression | TSESTree.NewExpression, method: string): void {
  const name = transactionStep(call) ?? steps.get(method) ?? method;
  const calls = operations.get(name);
  if (calls === undefined) operations.set(name, new Set([call]));
  else calls.add(call);
}

/** Other names that drivers have for the steps of a transaction. */
const steps: ReadonlyMap<string, string> = new Map([
  ['startTransaction', 'beginTransaction'],
  ['commitTransaction', 'commit'],
  ['rollbackTransaction', 'rollback'],
  ['abortTransaction', 'rollback'],
]);

/** A statement of SQL that begins or ends a transaction, by the method that drivers have for it. */
function transactionStep(call: TSESTree.CallExpression | TSESTree.NewExpression): string | undefined {
  const text = stringOf(call.arguments[0]);
  if (text === undefined) return undefined;
  if (/^\s*(?:begin|start\s+transaction)\b/iu.test(text)) return 'beginTransaction';
  if (/^\s*(?:commit|end)\b/iu.test(text)) return 'commit';
  return /^\s*rollback\b(?!.*\bto\b)/iu.test(text) ? 'rollback' : undefined;
}
