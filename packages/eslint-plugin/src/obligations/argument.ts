import type { TSESTree } from '@typescript-eslint/utils';
import { functionOf } from '../read/callee.ts';
import { methodOf } from '../read/member.ts';
import { bare } from '../read/syntax.ts';
import type { Run } from './run.ts';

/** Methods that put their argument somewhere. */
const stores: ReadonlySet<string> = new Set(['push', 'unshift', 'set', 'add', 'enqueue', 'append', 'emit', 'put', 'setPrototypeOf', 'defineProperty', 'use', 'adopt', 'provide', 'enterWith', 'register']);

/** Is the argument kept by a collection? `repository.add(client, user)` works with it instead. */
export function isStored(run: Run, call: TSESTree.CallExpression | TSESTree.NewExpression, index: number): boolean {
  const method = methodOf(call);
  if (method === undefined || !stores.has(method.name) || functionOf(call.callee, run.module) !== undefined) return false;
  return index === call.arguments.length - 1;
}

/** Calls that surely only look at their argument. */
export function isBorrower(callee: TSESTree.Node, name: string): boolean {
  if (callee.type === 'MemberExpression') {
    const { object } = callee;
    if (object.type === 'Identifier' && ['console', 'JSON', 'util', 'assert', 'expect', 'Object', 'Promise'].includes(object.name)) return true;
    return ['transacting', 'session', '$session', 'debug', 'info', 'warn', 'log', 'trace'].includes(name);
  }
  return ['expect', 'assert', 'inspect', 'String', 'Boolean'].includes(name);
}

/** `{ transaction: t }`: an option of a query, which borrows. */
export function isOptionOf(argument: TSESTree.Node): boolean {
  const options = bare(argument);
  return (
    options.type === 'ObjectExpression' &&
    options.properties.some(
      (property) =>
        property.type === 'Property' &&
        property.key.type === 'Identifier' &&
        /^(transaction|transacting|session|trx|tx|queryRunner)$/.test(property.key.name),
    )
  );
}
