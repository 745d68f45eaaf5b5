import type { TSESTree } from '@typescript-eslint/utils';
import { functionOf } from '../read/callee.ts';
import { methodOf } from '../read/member.ts';
import type { View } from '../read/sites.ts';
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

const option = /^(?:transaction|transacting|session|trx|tx|queryRunner)$/u;

/** What repositories and models call their queries. */
const query = /^(?:find|create|update|save|destroy|delete|remove|insert|upsert|count|bulk|build|increment|decrement|aggregate|exec|query|restore|reload|max|min|sum|replaceOne|findOne|findAll)(?:$|[A-Z])/u;

/** `Order.create(values, options)` with `const options = { transaction: t }`: a query that is given it as an option, which borrows. */
export function isOptionWithin(name: string | undefined, views: readonly View[]): boolean {
  if (name === undefined || !query.test(name) || ending.test(name) || views.length === 0) return false;
  return views.every(({ path }) => option.test(path.slice(path.lastIndexOf('.') + 1)));
}

/** `saveAndCommit`: it may end what it is given. */
const ending = /commit|rollback|abort|finish|release|close|end$/iu;

/** `{ transaction: t }`: an option of a query, which borrows. */
export function isOptionOf(argument: TSESTree.Node): boolean {
  const options = bare(argument);
  return (
    options.type === 'ObjectExpression' &&
    options.properties.some(
      (property) =>
        property.type === 'Property' &&
        property.key.type === 'Identifier' &&
        option.test(property.key.name),
    )
  );
}
